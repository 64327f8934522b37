#ifndef CZLIB_H
#define CZLIB_H

#include <zlib.h>

/// `inflateInit2` is a macro, which Swift cannot call. 15 bits of window, and 16 more for the gzip format alone.
int czlib_begin_gzip(z_stream *stream);

#endif
