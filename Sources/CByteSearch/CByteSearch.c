#include "CByteSearch.h"

#include <string.h>

// Each of the functions below looks at blocks of 64 bytes and makes a mask of them, one bit a byte, lowest first; the places
// are the mask's bits.

static inline long write_places(uint64_t mask, uint32_t distance, uint32_t *places) {
    long count = 0;
    for (; mask != 0; mask &= mask - 1) places[count++] = distance + (uint32_t)__builtin_ctzll(mask);
    return count;
}

#if defined(__SSE2__)
static inline uint64_t mask64(const char *bytes, uint8_t first, uint8_t second, uint8_t third) {
    const __m128i a = _mm_set1_epi8((char)first);
    const __m128i b = _mm_set1_epi8((char)second);
    const __m128i c = _mm_set1_epi8((char)third);
    uint64_t mask = 0;
    for (int part = 0; part < 4; part++) {
        const __m128i word = _mm_loadu_si128((const __m128i *)(bytes + 16 * part));
        const __m128i hits =
            _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(word, a), _mm_cmpeq_epi8(word, b)), _mm_cmpeq_epi8(word, c));
        mask |= (uint64_t)(uint32_t)_mm_movemask_epi8(hits) << (16 * part);
    }
    return mask;
}
#elif defined(__ARM_NEON)
static inline uint64_t mask64(const char *bytes, uint8_t first, uint8_t second, uint8_t third) {
    const uint8x16_t bits = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
    uint8x16_t hits[4];
    for (int part = 0; part < 4; part++) {
        const uint8x16_t word = vld1q_u8((const uint8_t *)bytes + 16 * part);
        const uint8x16_t found = vorrq_u8(
            vorrq_u8(vceqq_u8(word, vdupq_n_u8(first)), vceqq_u8(word, vdupq_n_u8(second))),
            vceqq_u8(word, vdupq_n_u8(third)));
        hits[part] = vandq_u8(found, bits);
    }
    // Neighbours are added until each byte holds the bits of eight.
    const uint8x16_t sums = vpaddq_u8(vpaddq_u8(hits[0], hits[1]), vpaddq_u8(hits[2], hits[3]));
    return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(sums, sums)), 0);
}
#else
static inline uint64_t mask64(const char *bytes, uint8_t first, uint8_t second, uint8_t third) {
    uint64_t mask = 0;
    for (int index = 0; index < 64; index++) {
        const uint8_t byte = (uint8_t)bytes[index];
        if (byte == first || byte == second || byte == third) mask |= (uint64_t)1 << index;
    }
    return mask;
}
#endif

#if defined(__x86_64__)
#include <immintrin.h>

// For each low half of a byte the one byte of the three that has it, or one that has another.
__attribute__((target("avx2"))) static inline __m256i wanted_bytes(uint8_t first, uint8_t second, uint8_t third) {
    uint8_t wanted[16];
    for (int half = 0; half < 16; half++) wanted[half] = (uint8_t)~half;
    wanted[first & 15] = first;
    wanted[second & 15] = second;
    wanted[third & 15] = third;
    return _mm256_broadcastsi128_si256(_mm_loadu_si128((const __m128i *)wanted));
}

// One look-up and one comparison for all three: a byte is one of them if it is the wanted one of its low half. The look-up
// gives 0 for bytes from 0x80 on, which they are not.
__attribute__((target("avx2"))) static inline uint64_t mask64_avx2(const char *bytes, __m256i wanted) {
    const __m256i low = _mm256_loadu_si256((const __m256i *)bytes);
    const __m256i high = _mm256_loadu_si256((const __m256i *)(bytes + 32));
    const uint32_t lows = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(low, _mm256_shuffle_epi8(wanted, low)));
    const uint32_t highs = (uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(high, _mm256_shuffle_epi8(wanted, high)));
    return (uint64_t)highs << 32 | lows;
}

__attribute__((target("avx2,bmi"))) static long index_avx2(
    const char *bytes, long length, uint8_t first, uint8_t second, uint8_t third, uint32_t *places, long capacity,
    long *looked) {
    const __m256i wanted = wanted_bytes(first, second, third);
    long count = 0;
    long position = 0;
    for (; position + 64 <= length && count + 64 <= capacity; position += 64) {
        const uint64_t mask = mask64_avx2(bytes + position, wanted);
        count += write_places(mask, (uint32_t)position, places + count);
    }
    *looked = position;
    return count;
}
#endif

static long index_blocks(
    const char *bytes, long length, uint8_t first, uint8_t second, uint8_t third, uint32_t *places, long capacity,
    long *looked) {
    long count = 0;
    long position = 0;
    for (; position + 64 <= length && count + 64 <= capacity; position += 64) {
        const uint64_t mask = mask64(bytes + position, first, second, third);
        count += write_places(mask, (uint32_t)position, places + count);
    }
    *looked = position;
    return count;
}

long cbytesearch_index3(
    const void *base, long position, long end, uint8_t first, uint8_t second, uint8_t third, uint32_t *places,
    long capacity, long *next) {
    const char *bytes = (const char *)base + position;
    const long length = end - position;
    long looked = 0;
    long count;
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi")) {
        count = index_avx2(bytes, length, first, second, third, places, capacity, &looked);
    } else {
        count = index_blocks(bytes, length, first, second, third, places, capacity, &looked);
    }
#else
    count = index_blocks(bytes, length, first, second, third, places, capacity, &looked);
#endif
    const long rest = length - looked;
    if (rest > 0 && rest < 64 && count + 64 <= capacity) {
        // What fills the last block up is masked out.
        char block[64] = {0};
        memcpy(block, bytes + looked, (size_t)rest);
        uint64_t mask = mask64(block, first, second, third) & (((uint64_t)1 << rest) - 1);
        count += write_places(mask, (uint32_t)looked, places + count);
        looked = length;
    }
    *next = position + looked;
    return count;
}
