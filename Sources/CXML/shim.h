#include <libxml/xmlversion.h>
// Debian's libxml2 is built with ICU, whose headers contradict those that Foundation brings. Only the handlers of
// character encodings mention it, and those are not used here.
#undef LIBXML_ICU_ENABLED
#include <libxml/parser.h>
