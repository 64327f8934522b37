#ifndef CBYTESEARCH_H
#define CBYTESEARCH_H

#include <stdint.h>

/// Sixteen bytes compared at once with the machine's vectors, which Swift 6.3 does lane by lane.
///
/// Each function looks at the bytes from `position` on, sixteen at a time as long as so many are there before `end`, and
/// returns the place of the first hit, or the first place that it has not looked at: the caller goes on from there, byte by
/// byte, and finds the hit there too.

#if defined(__SSE2__)
#include <emmintrin.h>

static inline long cbytesearch_next3(
    const void *base, long position, long end, uint8_t first, uint8_t second, uint8_t third) {
    const __m128i a = _mm_set1_epi8((char)first);
    const __m128i b = _mm_set1_epi8((char)second);
    const __m128i c = _mm_set1_epi8((char)third);
    const char *bytes = (const char *)base;
    while (position + 16 <= end) {
        const __m128i word = _mm_loadu_si128((const __m128i *)(bytes + position));
        const __m128i hits =
            _mm_or_si128(_mm_or_si128(_mm_cmpeq_epi8(word, a), _mm_cmpeq_epi8(word, b)), _mm_cmpeq_epi8(word, c));
        const int mask = _mm_movemask_epi8(hits);
        if (mask != 0) return position + __builtin_ctz((unsigned)mask);
        position += 16;
    }
    return position;
}

#elif defined(__ARM_NEON)
#include <arm_neon.h>

static inline long cbytesearch_next3(
    const void *base, long position, long end, uint8_t first, uint8_t second, uint8_t third) {
    const uint8x16_t a = vdupq_n_u8(first);
    const uint8x16_t b = vdupq_n_u8(second);
    const uint8x16_t c = vdupq_n_u8(third);
    const uint8_t *bytes = (const uint8_t *)base;
    while (position + 16 <= end) {
        const uint8x16_t word = vld1q_u8(bytes + position);
        const uint8x16_t hits = vorrq_u8(vorrq_u8(vceqq_u8(word, a), vceqq_u8(word, b)), vceqq_u8(word, c));
        // Four bits a byte: the narrowing shift keeps one half of each.
        const uint64_t mask = vget_lane_u64(vreinterpret_u64_u8(vshrn_n_u16(vreinterpretq_u16_u8(hits), 4)), 0);
        if (mask != 0) return position + (__builtin_ctzll(mask) >> 2);
        position += 16;
    }
    return position;
}

#else

static inline long cbytesearch_next3(
    const void *base, long position, long end, uint8_t first, uint8_t second, uint8_t third) {
    (void)base, (void)end, (void)first, (void)second, (void)third;
    return position;
}

#endif

/// Writes where the bytes from `position` on are one of three, as distances from `position`, and returns how many there are.
///
/// It looks at the bytes up to `end`, or stops before where there is no room for 64 places more; `*next` is the first byte
/// that it has not looked at. `end - position` is at most 2³². The three differ in their low halves and are below 0x80.
long cbytesearch_index3(
    const void *base, long position, long end, uint8_t first, uint8_t second, uint8_t third, uint32_t *places,
    long capacity, long *next);

#endif
