/* Verifies a signed statement of an award in the browser, with the keys that lie in the page. Nothing is sent. */
(() => {
  'use strict'
  const english = document.documentElement.lang === 'en', say = (id, en) => english ? en : id
  const place = document.getElementById('periksa'), out = document.getElementById('putusan')
  const text = document.getElementById('f-isi'), file = document.getElementById('f-berkas')
  const keys = JSON.parse(place.dataset.keys)
  place.hidden = false

  const bytes = base64 => Uint8Array.from(atob(base64), sign => sign.charCodeAt(0))
  const tell = (look, strong, lines = []) => {
    const box = Object.assign(document.createElement('div'), { className: 'notice ' + look })
    const head = document.createElement('p')
    head.append(Object.assign(document.createElement('strong'), { textContent: strong }))
    box.append(head, ...lines.map(line => Object.assign(document.createElement('p'), { textContent: line })))
    out.replaceChildren(box)
  }
  const changed = () => tell('bad', say('Tidak asli: isi atau tanda tangannya berubah.', 'Not genuine: text or signature was changed.'),
    [say('Berkas ini bukan yang ditandatangani. Unduh lagi dari halaman piagam.', 'This is not what was signed. Download it again from the certificate’s page.')])

  const check = async content => {
    let award, said
    try { award = JSON.parse(content) } catch { /* told below */ }
    if (typeof award?.statement !== 'string' || typeof award.signature !== 'string' || typeof award.key?.id !== 'string') {
      return tell('bad', say('Ini bukan pernyataan penghargaan.', 'This is no statement of an award.'),
        [say('Pilih berkas JSON yang diunduh dari halaman piagam.', 'Choose the JSON file downloaded from a certificate’s page.')])
    }
    const listed = Object.hasOwn(keys, award.key.id) ? keys[award.key.id] : null
    if (!listed) {
      return tell('bad', say(`Kunci ${award.key.id} tidak ada di daftar kunci halaman ini.`, `The key ${award.key.id} is not among this page’s keys.`),
        [say('Bila piagam lebih baru daripada halaman ini, muat ulang halamannya dengan jaringan.', 'If the certificate is newer than this page, load the page again with a network.')])
    }
    let key
    try { key = await crypto.subtle.importKey('raw', bytes(listed), 'Ed25519', false, ['verify']) } catch {
      return tell('soon', say('Peramban ini belum dapat memeriksa tanda tangan Ed25519.', 'This browser cannot verify Ed25519 signatures.'),
        [say('Pakai peramban yang lebih baru lewat https, atau perintah: simpul award verify BERKAS --keys kunci.json', 'Use a newer browser over https, or the command: simpul award verify FILE --keys kunci.json')])
    }
    try {
      if (!await crypto.subtle.verify('Ed25519', key, bytes(award.signature), new TextEncoder().encode(award.statement))) return changed()
      said = JSON.parse(award.statement)
    } catch { return changed() }
    if (said.format !== 'simpul-award/1' || said.key !== award.key.id) return changed()
    tell('good', say('Asli: tidak satu huruf pun berubah sejak ditandatangani.', 'Genuine: not a letter has changed since it was signed.'), [
      `${said.tier.name}, ${said.edition.name}`, `${said.innovation.title}, ${said.institution.name}`,
      say(`Keputusan ${said.decree.number}, ${said.decree.on}. Piagam ${said.serial}.`, `Decree ${said.decree.number}, ${said.decree.on}. Certificate ${said.serial}.`),
      say('Apakah sudah dicabut hanya dapat dilihat di halaman piagamnya, dengan jaringan.', 'Whether it was revoked only its page can tell, with a network.')])
    out.firstChild.append(Object.assign(document.createElement('a'), {
      href: (english ? '/en' : '') + '/penghargaan/' + encodeURIComponent(said.serial), textContent: say('Buka halaman piagam', 'Open the certificate’s page')
    }))
  }

  file.addEventListener('change', async () => { if (file.files[0]) check(text.value = await file.files[0].text()) })
  document.getElementById('periksa-isi').addEventListener('click', () => check(text.value))
  place.addEventListener('dragover', event => event.preventDefault())
  place.addEventListener('drop', async event => {
    event.preventDefault()
    const dropped = event.dataTransfer.files[0]
    if (dropped) check(text.value = await dropped.text())
  })
})()
