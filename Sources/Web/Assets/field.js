/* The form of a field visit, kept on the phone until the server has said that it has it. Without this it is a plain form. */
(() => {
  'use strict'
  const english = document.documentElement.lang === 'en', say = (id, en) => english ? en : id
  const make = (name, look, text) => Object.assign(document.createElement(name), { className: look, textContent: text })
  const shelf = 'simpul-lapangan', box = document.querySelector('[data-field], [data-field-list]')
  if (!box || !window.indexedDB) return
  const { account } = box.dataset

  // Two stores: what was typed, one entry a visit; and photos, one entry each.
  const opened = new Promise((done, fail) => {
    const asked = indexedDB.open('simpul-lapangan', 1)
    asked.onupgradeneeded = () => ['visit', 'photo'].forEach(name => asked.result.createObjectStore(name))
    asked.onsuccess = () => done(asked.result)
    asked.onerror = () => fail(asked.error)
  })
  const use = async (name, mode, act) => {
    const deal = (await opened).transaction(name, mode), asked = act(deal.objectStore(name))
    return new Promise((done, fail) => {
      deal.oncomplete = () => done(asked && asked.result)
      deal.onerror = deal.onabort = () => fail(deal.error)
    })
  }
  const range = prefix => IDBKeyRange.bound(prefix, prefix + '\uffff')
  const name = () => crypto.randomUUID ? crypto.randomUUID()
    : [...crypto.getRandomValues(new Uint32Array(4))].map(n => n.toString(16).padStart(8, '0')).join('')

  // The page itself, kept for later; the worker gives it when there is no line.
  if (navigator.serviceWorker && window.caches) {
    const scope = say('', '/en') + '/kerja/lapangan'
    navigator.serviceWorker.register('/field-worker.js', { scope }).catch(() => {})
    if (navigator.onLine) caches.open(shelf).then(async kept => {
      const parts = [...document.querySelectorAll('link[rel=stylesheet], link[rel=icon], script[src]')]
      await kept.addAll(parts.map(part => part.href || part.src))
      const visits = [...document.querySelectorAll('main a[href]')].map(link => link.pathname)
        .filter(path => /\/kerja\/lapangan\/\d+$/.test(path))
      for (const path of new Set([location.pathname, scope, ...visits])) {
        const answer = await fetch(path)
        if (answer.ok && !answer.redirected) await kept.put(path, answer)
      }
      await navigator.serviceWorker.ready
      box.before(make('p', 'soft', say('Halaman ini kini dapat dibuka tanpa sambungan.', 'This page now opens without a line.')))
    }).catch(() => {})
  }
  navigator.storage?.persist?.()

  if ('fieldList' in box.dataset) {
    Promise.all(['visit', 'photo'].map(store => use(store, 'readonly', s => s.getAllKeys(range(account + '/'))))).then(found => {
      const waiting = found.flat().length
      if (waiting) box.append(make('p', 'notice soon', say(
        `Tersimpan di ponsel, belum terkirim (${waiting}). Buka kunjungannya untuk mengirim.`,
        `Kept on this phone, not sent yet (${waiting}). Open the visit to send.`)))
    })
    return
  }

  const form = box.querySelector('form'), key = `${account}/${box.dataset.field}`
  const state = document.querySelector('[data-field-state]'), list = box.querySelector('[data-field-photos]')
  const files = form.elements.foto, address = form.getAttribute('action'), version = form.elements.versi
  const fields = () => [...new FormData(form)].filter(([name, value]) =>
    !['token', 'versi'].includes(name) && typeof value === 'string')
  const now = () => JSON.stringify(fields())
  let saved = now(), entry = null, running = false, wait = 2000, timer, stopped = false

  const put = values => {
    for (const field of form.elements) {
      const own = values.find(([name]) => name === field.name)
      if (/radio/.test(field.type)) field.checked = Boolean(own && own[1] === field.value)
      else if (own && field.type !== 'file') field.value = own[1]
    }
  }

  // What is not sent yet: the fields, where they differ from what the server has, and photos.
  async function waiting() {
    const photos = await use('photo', 'readonly', s => s.getAllKeys(range(key + '/')))
    return { photos, count: photos.length + (entry ? 1 : 0) }
  }

  async function show(words) {
    const { photos, count } = await waiting()
    state.textContent = words || (count
      ? say(`Tersimpan di ponsel, belum terkirim (${count}).`, `Kept on this phone, not sent yet (${count}).`)
      : say('Semua sudah diterima server.', 'The server has everything.'))
    const kept = await Promise.all(photos.map(photo => use('photo', 'readonly', s => s.get(photo))))
    list.replaceChildren(...kept.filter(Boolean).map(photo => make('li', '', `${photo.name}: ${say('belum terkirim', 'not sent')}`)))
  }

  // Each act on the store ends before the next one begins, so that an older text never lies over a newer one.
  let queue = Promise.resolve()
  const after = act => { queue = queue.then(act).catch(() => show(say(
    'Ponsel tidak dapat menyimpan. Kirim sekarang atau catat di kertas.', 'This phone cannot keep it. Send now, or note it on paper.'))); return queue }

  const keep = () => after(async () => {
    entry = { fields: fields(), version: entry?.version ?? version.value, device: entry?.device ?? name() }
    await use('visit', 'readwrite', s => s.put(entry, key))
    await show()
    later()
  })

  const take = chosen => after(async () => {
    for (const file of chosen) {
      const photo = { name: file.name, taken: file.lastModified, type: file.type, bytes: await file.arrayBuffer() }
      await use('photo', 'readwrite', s => s.put(photo, `${key}/${name()}`))
    }
    await show()
    later()
  })

  const later = () => { clearTimeout(timer); if (!stopped) timer = setTimeout(send, wait) }

  async function post(parts) {
    const body = new FormData()
    body.append('token', form.elements.token.value)
    body.append('otomatis', '1')
    parts.forEach(part => body.append(...part))
    const answer = await fetch(address, { method: 'POST', body, signal: AbortSignal.timeout(60000) })
    if (answer.redirected || !/json/.test(answer.headers.get('Content-Type'))) throw answer.status
    const said = await answer.json()
    if (said.overtaken) throw { overtaken: said.version }
    if (!answer.ok) throw { problems: said.problems }
    return said
  }

  async function send() {
    if (running || stopped) return
    running = true
    try {
      await queue
      if (entry) {
        const sending = entry
        const said = await post([['versi', sending.version], ['alat', sending.device], ...sending.fields])
        // Only now, and only what was sent: who went on typing keeps the newer text.
        await after(async () => {
          version.value = said.version
          if (entry === sending) {
            await use('visit', 'readwrite', s => s.delete(key))
            entry = null
          } else entry = { ...entry, version: said.version, device: sending.device }
          saved = JSON.stringify(sending.fields)
        })
      }
      for (const place of (await waiting()).photos) {
        const photo = await use('photo', 'readonly', s => s.get(place)), own = place.slice(key.length + 1)
        const said = await post([['hanya-foto', '1'], ['kunci', own], ['diambil', photo.taken],
          ['foto', new Blob([photo.bytes], { type: photo.type }), photo.name]])
        if (said.photos.includes(own)) await use('photo', 'readwrite', s => s.delete(place))
      }
      wait = 2000
      await show()
      if ((await waiting()).count) later()
    } catch (problem) {
      wait = Math.min(wait * 2, 60000)
      if (problem?.overtaken) { overtaken(problem.overtaken); await show() }
      else if (problem?.problems) await show(say('Belum diterima: ', 'Not taken: ') + problem.problems.join(' '))
      else if (problem === 403 || problem === 200) await show(say(
        'Tersimpan di ponsel, belum terkirim: masuk lagi, lalu buka halaman ini.', 'Kept on this phone, not sent: sign in again and open this page.'))
      else { await show(); later() }
    } finally { running = false }
  }

  // Another device was first: the server's text and this phone's both stand there until somebody chooses.
  function overtaken(theirs) {
    stopped = true
    const notice = make('div', 'notice soon', ''), line = make('p', '', say(
      'Perangkat lain sudah mengirim isi yang berbeda. Isian di ponsel ini tetap ada di formulir. ',
      'Another device sent something else. What this phone holds is still in the form. '))
    notice.setAttribute('role', 'alert')
    const offer = (words, act) => {
      const button = Object.assign(make('button', 'button second small', words), { type: 'button' })
      button.onclick = () => { notice.remove(); stopped = false; act() }
      line.append(button, ' ')
    }
    line.append(Object.assign(make('a', '', say('Lihat yang tersimpan di server', 'See what the server has')), {
      href: location.pathname + '?server=1', target: '_blank' }), ' ')
    offer(say('Kirim isian ponsel ini', "Send this phone's"), () => { entry.version = theirs; keep().then(send) })
    offer(say('Pakai isian server', "Use the server's"), () => after(async () => {
      await use('visit', 'readwrite', s => s.delete(key))
      location.reload()
    }))
    notice.append(line)
    box.before(notice)
  }

  const place = box.querySelector('[data-field-place]')
  if (navigator.geolocation) {
    const button = Object.assign(make('button', 'button second small', say('Pakai posisi saya', 'Use my position')), { type: 'button' })
    const words = make('span', 'soft', '')
    words.setAttribute('role', 'status')
    button.onclick = () => {
      words.textContent = say(' Mencari posisi …', ' Looking for the position …')
      navigator.geolocation.getCurrentPosition(({ coords }) => {
        form.elements.lintang.value = coords.latitude.toFixed(6)
        form.elements.bujur.value = coords.longitude.toFixed(6)
        form.elements.ketelitian.value = Math.round(coords.accuracy)
        words.textContent = say(` Terisi, ketelitian ${Math.round(coords.accuracy)} m.`, ` Filled in, within ${Math.round(coords.accuracy)} m.`)
        keep()
      }, () => { words.textContent = say(' Posisi tidak didapat. Tulis sendiri.', ' No position. Write it by hand.') },
      { enableHighAccuracy: true, timeout: 30000 })
    }
    place.append(button, words)
    // A position that is corrected by hand is nobody's measurement any more.
    for (const field of ['lintang', 'bujur']) form.elements[field].addEventListener('input', () => { form.elements.ketelitian.value = '' })
  }

  if (new URLSearchParams(location.search).has('server')) return
  use('visit', 'readonly', s => s.get(key)).then(kept => {
    if (kept) {
      entry = kept
      put(kept.fields)
    }
    return show(kept ? undefined : state.textContent)
  }).then(async () => { if ((await waiting()).count) { await show(); send() } })

  form.addEventListener('input', event => {
    if (event.target.type === 'file') return
    if (now() !== saved) keep()
  })
  files.addEventListener('change', () => {
    const chosen = [...files.files]
    files.value = ''
    if (chosen.length) take(chosen)
  })
  form.addEventListener('submit', event => {
    event.preventDefault()
    keep().then(() => { clearTimeout(timer); return send() })
  })
  addEventListener('online', () => { wait = 2000; send() })
})()
