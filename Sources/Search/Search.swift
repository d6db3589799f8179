// Search: an in-memory index over documents with weighted text fields, facets and sortable numbers.
//
// It owns ranking, phrases, complete facet counts, paging, suggestions and its own file; it knows neither the
// database nor what a document is about. Fields, weights and synonyms come in through `Schema`. `Index` is the front
// door: an immutable snapshot of segments that readers take and writers replace.
//
//   Schema, Document      what goes in              Query, Answer     what is asked and answered
//   Builder → Segment     documents → one block of bytes, laid out as it lies in the file
//   Plan                  a query's text → concepts with alternatives (synonyms, joined words, corrected words)
//   Execution, Counting   one segment's scores, top rows and facet counts
//   Compaction, IndexFile small segments into larger ones; one file with a checksum
