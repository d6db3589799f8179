#include <curl/curl.h>

// libcurl's setters are variadic, which Swift cannot call.
static inline CURLcode simpul_curl_start(void) { return curl_global_init(CURL_GLOBAL_DEFAULT); }
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
typedef int (*simpul_curl_progress)(void *, curl_off_t, curl_off_t, curl_off_t, curl_off_t);
static inline CURLcode simpul_curl_on_progress(CURL *handle, simpul_curl_progress value) {
    return curl_easy_setopt(handle, CURLOPT_XFERINFOFUNCTION, value);
}
typedef curl_socket_t (*simpul_curl_socket)(void *, curlsocktype, struct curl_sockaddr *);
static inline CURLcode simpul_curl_on_socket(CURL *handle, simpul_curl_socket value) {
    return curl_easy_setopt(handle, CURLOPT_OPENSOCKETFUNCTION, value);
}
static inline CURLcode simpul_curl_status(CURL *handle, long *value) {
    return curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, value);
}
