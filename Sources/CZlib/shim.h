#include <zlib.h>

// zlib's deflateInit2 is a macro that Swift cannot see. 31 = 15 window bits + 16 for a gzip header.
static inline int simpul_gzip_init(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
}
