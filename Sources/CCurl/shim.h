#include <curl/curl.h>

// libcurl's setters are variadic, which Swift cannot call.
static inline CURLcode simpul_curl_long(CURL *handle, CURLoption option, long value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode simpul_curl_text(CURL *handle, CURLoption option, const char *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode simpul_curl_pointer(CURL *handle, CURLoption option, void *value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode simpul_curl_list(CURL *handle, CURLoption option, struct curl_slist *value) {
    return curl_easy_setopt(handle, option, value);
}
typedef size_t (*simpul_curl_transfer)(char *, size_t, size_t, void *);
static inline CURLcode simpul_curl_callback(CURL *handle, CURLoption option, simpul_curl_transfer value) {
    return curl_easy_setopt(handle, option, value);
}
static inline CURLcode simpul_curl_status(CURL *handle, long *value) {
    return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, value);
}
