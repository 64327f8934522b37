#include "CChecksum.h"

#include <pthread.h>
#include <stdbool.h>
#include <string.h>

enum { GROUP = 8, BLOCK = 4 * GROUP };

static inline uint64_t word(const unsigned char *bytes) {
    uint64_t value;
    memcpy(&value, bytes, sizeof value);
    return value;
}

// The body of each of the functions below: single bytes until a group begins, single groups until a block does, blocks, and the
// same at the end. `BYTE` and `WORD` take a byte and a group into the checksum of a lane.
#define UPDATE(BYTE, WORD)                                                                              \
    uint32_t *const lanes = checksum->lanes;                                                            \
    uint64_t place = checksum->count;                                                                   \
    checksum->count += count;                                                                           \
    while (count > 0 && place % GROUP != 0) {                                                           \
        uint32_t *const lane = &lanes[place / GROUP % 4];                                               \
        *lane = BYTE(*lane, *bytes);                                                                    \
        bytes++, place++, count--;                                                                      \
    }                                                                                                   \
    while (count >= GROUP && place % BLOCK != 0) {                                                      \
        uint32_t *const lane = &lanes[place / GROUP % 4];                                               \
        *lane = (uint32_t)WORD(*lane, word(bytes));                                                     \
        bytes += GROUP, place += GROUP, count -= GROUP;                                                 \
    }                                                                                                   \
    if (count >= BLOCK) {                                                                               \
        uint64_t first = lanes[0], second = lanes[1], third = lanes[2], fourth = lanes[3];              \
        for (; count >= BLOCK; bytes += BLOCK, place += BLOCK, count -= BLOCK) {                        \
            first = WORD((uint32_t)first, word(bytes));                                                 \
            second = WORD((uint32_t)second, word(bytes + GROUP));                                       \
            third = WORD((uint32_t)third, word(bytes + 2 * GROUP));                                     \
            fourth = WORD((uint32_t)fourth, word(bytes + 3 * GROUP));                                   \
        }                                                                                               \
        lanes[0] = (uint32_t)first, lanes[1] = (uint32_t)second;                                        \
        lanes[2] = (uint32_t)third, lanes[3] = (uint32_t)fourth;                                        \
    }                                                                                                   \
    for (; count >= GROUP; bytes += GROUP, place += GROUP, count -= GROUP) {                            \
        uint32_t *const lane = &lanes[place / GROUP % 4];                                               \
        *lane = (uint32_t)WORD(*lane, word(bytes));                                                     \
    }                                                                                                   \
    for (; count > 0; bytes++, place++, count--) {                                                      \
        uint32_t *const lane = &lanes[place / GROUP % 4];                                               \
        *lane = BYTE(*lane, *bytes);                                                                    \
    }

// Castagnoli's polynomial with its bits in reverse order.
static const uint32_t polynomial = 0x82F63B78;
static uint32_t table[256];
static pthread_once_t table_is_made = PTHREAD_ONCE_INIT;

static void make_table(void) {
    for (uint32_t byte = 0; byte < 256; byte++) {
        uint32_t crc = byte;
        for (int bit = 0; bit < 8; bit++) crc = crc & 1 ? crc >> 1 ^ polynomial : crc >> 1;
        table[byte] = crc;
    }
}

static inline uint32_t byte_by_table(uint32_t crc, unsigned char byte) {
    return crc >> 8 ^ table[(crc ^ byte) & 0xFF];
}

static inline uint32_t word_by_table(uint32_t crc, uint64_t word) {
    unsigned char bytes[GROUP];
    memcpy(bytes, &word, sizeof bytes);
    for (int index = 0; index < GROUP; index++) crc = byte_by_table(crc, bytes[index]);
    return crc;
}

static void update_by_table(struct cchecksum *checksum, const unsigned char *bytes, size_t count) {
    pthread_once(&table_is_made, make_table);
    UPDATE(byte_by_table, word_by_table)
}

#if defined(__x86_64__)
#include <immintrin.h>

static bool has_instruction(void) { return __builtin_cpu_supports("sse4.2"); }

__attribute__((target("sse4.2"))) static void update_by_instruction(
    struct cchecksum *checksum, const unsigned char *bytes, size_t count) {
    UPDATE(_mm_crc32_u8, _mm_crc32_u64)
}
#elif defined(__aarch64__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#include <sys/auxv.h>

// `HWCAP_CRC32` of the kernel's asm/hwcap.h.
static bool has_instruction(void) { return (getauxval(AT_HWCAP) & (1 << 7)) != 0; }

__attribute__((target("crc"))) static void update_by_instruction(
    struct cchecksum *checksum, const unsigned char *bytes, size_t count) {
    UPDATE(__builtin_arm_crc32cb, __builtin_arm_crc32cd)
}
#else
static bool has_instruction(void) { return false; }
static void update_by_instruction(struct cchecksum *checksum, const unsigned char *bytes, size_t count) {
    update_by_table(checksum, bytes, count);
}
#endif

void cchecksum_update(struct cchecksum *checksum, const void *bytes, size_t count) {
    if (has_instruction())
        update_by_instruction(checksum, bytes, count);
    else
        update_by_table(checksum, bytes, count);
}

void cchecksum_update_portably(struct cchecksum *checksum, const void *bytes, size_t count) {
    update_by_table(checksum, bytes, count);
}
