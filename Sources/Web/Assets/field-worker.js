/* Gives a field visit's page where there is no line. What is typed lives in the page's own store, never here. */
'use strict'
const shelf = 'simpul-lapangan'

addEventListener('install', () => skipWaiting())
addEventListener('activate', event => event.waitUntil(clients.claim()))

addEventListener('fetch', event => {
  const { request } = event, { origin, pathname } = new URL(request.url)
  if (request.method !== 'GET' || origin !== location.origin) return
  if (pathname.startsWith('/aset/')) {
    // A name with its hash never changes its content.
    event.respondWith(caches.match(request).then(kept => kept || fetch(request)))
  } else if (request.mode === 'navigate' && /^(\/en)?\/kerja\/lapangan(\/\d+)?$/.test(pathname)) {
    event.respondWith(fresh(request, pathname))
  }
})

// The newest page where there is a line, and the last one seen where there is none.
async function fresh(request, pathname) {
  try {
    const answer = await fetch(request)
    if (answer.ok && !answer.redirected) (await caches.open(shelf)).put(pathname, answer.clone())
    return answer
  } catch (problem) {
    const kept = await caches.match(pathname)
    if (kept) return kept
    throw problem
  }
}
