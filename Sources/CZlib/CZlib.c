#include "CZlib.h"

int czlib_begin_gzip(z_stream *stream) {
    return inflateInit2(stream, 15 + 16);
}
