/* What pages gain from a script: saving while one types, counting, sending once, seeing how far a delivery is. All works without it. */
(() => {
  'use strict'
  const english = document.documentElement.lang === 'en', all = query => document.querySelectorAll(query)
  const say = (id, en) => english ? en : id
  const number = n => (+n).toLocaleString(english ? 'en' : 'id')
  const make = (name, look, text) => Object.assign(document.createElement(name), { className: look, textContent: text })
  // The browser's own store may be full or switched off.
  const store = act => { try { return act(localStorage) } catch { return null } }

  document.querySelector('.errors')?.focus()

  for (const field of all('[data-words], [data-characters]')) {
    const { words, characters } = field.dataset, most = number(words || characters)
    field.addEventListener('input', () => {
      const n = number(words ? field.value.split(/\s+/).filter(Boolean).length : [...field.value].length)
      document.getElementById(field.id + '-c').textContent = words
        ? say(`${n} kata dari paling banyak ${most}`, `${n} words of at most ${most}`)
        : say(`${n} karakter dari paling banyak ${most}`, `${n} characters of at most ${most}`)
    })
  }

  // The server's clock counts: what was left when it made the page, less what has passed since.
  for (const place of all('[data-left]')) {
    const end = Date.now() + place.dataset.left * 1000
    const some = (n, id, en) => n > 0 && `${n} ${say(id, en + (n === 1 ? '' : 's'))}`
    const tick = setInterval(() => {
      const n = Math.floor((end - Date.now()) / 60000), days = Math.floor(n / 1440)
      if (n < 0) clearInterval(tick)
      place.textContent = n < 0 ? say('sudah lewat', 'over') : n < 1 ? say('kurang dari satu menit lagi', 'less than a minute left')
        : [some(days, 'hari', 'day'), days < 14 && some(Math.floor(n / 60) % 24, 'jam', 'hour'), !days && some(n % 60, 'menit', 'minute')]
          .filter(Boolean).join(' ') + say(' lagi', ' left')
    }, 1000)
  }

  for (const field of all('[data-bytes]')) {
    const most = field.dataset.bytes
    field.addEventListener('change', () => {
      const large = [...field.files].find(file => file.size > most)
      field.setCustomValidity(large ? say(
        `“${large.name}” lebih besar dari ${number(most >> 20)} MB. Kecilkan atau bagi berkas itu.`,
        `“${large.name}” is larger than ${number(most >> 20)} MB. Make it smaller or split it.`) : '')
      if (!field.reportValidity()) field.value = ''
    })
  }

  for (const form of all('[data-autosave]')) {
    const key = 'simpul:' + form.dataset.autosave, address = form.getAttribute('action'), version = form.elements.versi
    const status = document.querySelector('[data-saved]') || form.appendChild(make('p', 'soft', ''))
    const typed = () => [...new FormData(form)].filter(([name, value]) =>
      !['token', 'versi'].includes(name) && typeof value === 'string')
    const now = () => JSON.stringify(typed())
    const keep = sent => store(s => s.setItem(key, JSON.stringify({ version: version.value, fields: typed(), sent })))
    const drop = () => store(s => s.removeItem(key))
    let saved = now(), timer, running, stopped, wait = 4000

    const body = () => new URLSearchParams([
      ['token', form.elements.token.value], ['versi', version.value], ['otomatis', '1'], ...typed()])
    const later = () => {
      clearTimeout(timer)
      if (!running && !stopped && now() !== saved) timer = setTimeout(() => { if (!form.dataset.sent) running = save() }, wait)
    }
    const notice = text => {
      const box = make('div', 'notice soon', ''), line = make('p', '', text + ' ')
      box.setAttribute('role', 'alert')
      box.append(line)
      form.before(box)
      return line
    }

    async function save() {
      const sending = now()
      try {
        const answer = await fetch(address, { method: 'POST', body: body(), signal: AbortSignal.timeout(20000) })
        if (answer.status === 409) {
          stopped = true
          const { message } = await answer.json().catch(() => ({}))
          notice(message || say('Orang lain mengubah bagian yang sama. Ketikan Anda aman di peramban ini.',
            'Somebody else changed the same part. What you typed is safe in this browser.'))
            .append(Object.assign(make('a', '', say('Muat ulang', 'Reload')), { href: location.pathname }))
          return
        }
        if (!answer.ok || answer.redirected) throw answer.status
        const said = await answer.json()
        version.value = said.version
        saved = sending
        wait = 4000
        status.textContent = say(`Tersimpan otomatis ${said.saved} WIB`, `Saved automatically ${said.saved} WIB`)
        if (now() === saved) drop()
      } catch (problem) {
        wait = Math.min(wait * 2, 60000)
        status.textContent = say('Belum tersimpan di server. Ketikan Anda aman di peramban ini',
          'Not saved on the server. What you typed is safe in this browser') + (problem === 403
          ? say(': masuk lagi, lalu buka halaman ini.', ': sign in again and open this page.')
          : say(' dan segera dikirim lagi.', ' and is sent again soon.'))
      } finally {
        running = null
        later()
      }
    }

    // Text that never reached the server is offered, not put in place: the server's may be newer.
    const copy = store(s => JSON.parse(s.getItem(key))), flat = text => text.replace(/(\\[rn]|\s)+/g, ' ')
    if (copy && !(copy.sent && copy.version !== version.value) && flat(JSON.stringify(copy.fields)) !== flat(saved)) {
      const line = notice(say('Ada ketikan Anda di peramban ini yang belum tersimpan.',
        'This browser holds text of yours that was not saved.'))
      const offer = (words, act) => {
        const button = Object.assign(make('button', 'button second small', words), { type: 'button' })
        button.onclick = () => { act(); line.parentNode.remove(); form.querySelector('textarea, [type=text]')?.focus() }
        line.append(button, ' ')
      }
      offer(say('Pakai ketikan itu', 'Use that text'), () => {
        for (const field of form.elements) {
          const values = copy.fields.filter(([name]) => name === field.name).map(([, value]) => value)
          if (/checkbox|radio/.test(field.type)) field.checked = values.includes(field.value)
          else if (values.length) field.value = values[0]
          field.dispatchEvent(new Event('input', { bubbles: true }))
        }
      })
      offer(say('Buang', 'Discard it'), drop)
    } else drop()

    form.addEventListener('input', () => { keep(); later() })
    form.addEventListener('submit', event => {
      keep(true)
      if (!running) return
      // What is being saved must arrive first, or it would look like somebody else's change.
      event.preventDefault()
      running.then(() => form.requestSubmit(event.submitter))
    })
    addEventListener('pagehide', () => {
      if (now() !== saved && !form.dataset.sent && !stopped) navigator.sendBeacon(address, body())
    })
  }

  // Single keys of pages that name them: not while typing, not with other keys, and not for whoever switched them off.
  const parts = all('[data-section]')
  for (const hint of all('[data-keys]')) {
    const box = hint.querySelector('input')
    hint.hidden = false
    box.checked = store(s => s.getItem('simpul.keys')) !== 'off'
    box.onchange = () => store(s => s.setItem('simpul.keys', box.checked ? 'on' : 'off'))
    document.addEventListener('keydown', event => {
      const { key, target } = event
      if (!box.checked || event.ctrlKey || event.altKey || event.metaKey || event.repeat || !/^([a-z0-9?]|Enter)$/.test(key)
        || target.matches('input:not([type=checkbox], [type=radio]), textarea, select')
        || (key === 'Enter' && target.matches('a, button, summary'))) return
      const part = target.closest('[data-section]') || [...parts].find(each => each.getBoundingClientRect().bottom > 120)
      const asked = `[data-key="${key}"]`
      const found = part?.querySelector(asked) || [...all(asked)].find(each => !each.closest('[data-section]'))
      if (!found) return
      event.preventDefault()
      found.matches('textarea') ? found.focus() : found.click()
    })
  }

  // A level and its score say the same.
  for (const part of parts) {
    const score = part.querySelector('[data-score]'), levels = part.querySelectorAll('[type=radio]')
    const holds = level => {
      const [low, high] = level.value.split('-').map(Number), value = score.value.trim()
      return value !== '' && value >= low && value <= high
    }
    for (const level of levels) level.addEventListener('input', () => {
      const [low, high] = level.value.split('-').map(Number)
      if (!holds(level)) score.value = Math.floor((low + high) / 2)
    })
    score?.addEventListener('input', () => { for (const level of levels) level.checked = holds(level) })
  }

  // A delivery on its way tells how far it is. What it says is ours, escaped where it was written.
  for (const box of all('[data-events]')) {
    const events = new EventSource(box.dataset.events), said = document.querySelector('[data-said]')
    const hint = document.querySelector('[data-unwatched]')
    let step
    events.onopen = () => { hint.hidden = true }
    events.onmessage = event => {
      const focus = document.activeElement.closest?.('[data-events] a')?.getAttribute('href')
      box.innerHTML = event.data
      if (focus) [...box.querySelectorAll('a')].find(link => link.getAttribute('href') === focus)?.focus()
      const now = box.querySelector('.thread strong')?.textContent
      if (now !== step) said.textContent = step = now
    }
    events.addEventListener('end', () => { events.close(); location.reload() })
    // Who is one too many, or has lost the way, finds the link again.
    events.addEventListener('full', () => { events.close(); hint.hidden = false })
    events.onerror = () => { hint.hidden = false }
    addEventListener('pagehide', () => { events.close(); hint.hidden = false })
  }

  // The parts of a presentation count down; what they last stands there before, and what is over is said in words.
  for (const part of all('[data-seconds]')) {
    const words = part.textContent, start = say('Mulai hitung mundur', 'Start the clock')
    const button = Object.assign(make('button', 'button second small', start), { type: 'button' })
    const clock = seconds => `${Math.floor(seconds / 60)}.${String(seconds % 60).padStart(2, '0')}`
    let timer
    button.setAttribute('aria-describedby', part.id)
    button.onclick = () => {
      clearInterval(timer)
      const ends = Date.now() + part.dataset.seconds * 1000, runs = button.textContent === start
      const tell = () => {
        const left = Math.round((ends - Date.now()) / 1000)
        part.textContent = left >= 0 ? say(`sisa ${clock(left)}`, `${clock(left)} left`)
          : say(`waktu habis, lewat ${clock(-left)}`, `time is up, over by ${clock(-left)}`)
      }
      button.textContent = runs ? say('Hentikan', 'Stop') : start
      if (!runs) return part.textContent = words
      tell()
      timer = setInterval(tell, 1000)
    }
    part.after(' ', button)
  }

  // One press, one sending; a page brought back by "back" may be sent again. Who signs out leaves no copies behind.
  document.addEventListener('submit', event => {
    const { dataset, method } = event.target
    if (event.defaultPrevented || method !== 'post') return
    if (dataset.sent) return event.preventDefault()
    dataset.sent = '1'
    if ('leave' in dataset)
      store(s => Object.keys(s).filter(key => key.startsWith('simpul:')).forEach(key => s.removeItem(key)))
    // Pages of field visits go too; what was not sent yet stays, for the same person only.
    if ('leave' in dataset) window.caches?.delete('simpul-lapangan')
  })
  addEventListener('pageshow', () => all('[data-sent]').forEach(form => delete form.dataset.sent))
})()
