// Plays the page: asks for the same address without what is around it, and puts it in its place. Everything works without this.
(() => {
  'use strict';
  const root = document.getElementById('replay');
  const slider = document.getElementById('slider');
  const play = document.getElementById('play');
  const speed = document.getElementById('speed');
  const said = document.getElementById('said');
  const steps = ['first', 'back', 'forward', 'last'].map(id => document.getElementById(id));
  const words = root.dataset;
  let running = null;
  let playing = false;
  let timer = 0;

  const value = () => words.value.replace('{0}', slider.value).replace('{1}', words.head);

  // Marks what is other than in the frame before. What stands in a cell is compared, not markup.
  const mark = (before, after) => {
    const [old, now] = [before, after].map(f => [...f.querySelectorAll('td')]);
    if (old.length !== now.length) return;
    now.forEach((cell, i) => cell.classList.toggle('fresh', cell.textContent !== old[i].textContent));
  };

  // What a form carries along unseen; null takes it away.
  const carry = (form, name, value) => {
    let field = form.querySelector(`input[type=hidden][name="${name}"]`);
    if (value === null) { field?.remove(); return; }
    if (!field) {
      field = Object.assign(document.createElement('input'), { type: 'hidden', name });
      form.prepend(field);
    }
    field.value = value;
  };

  const show = (html, address) => {
    const parts = new DOMParser().parseFromString(html, 'text/html');
    const frame = parts.getElementById('frame');
    if (!frame) throw new Error('no frame');
    const current = document.getElementById('frame');
    mark(current, frame);
    // What somebody scrolled to stays where it was.
    const scrolled = current.querySelector('.scroll');
    const [left, top] = scrolled ? [scrolled.scrollLeft, scrolled.scrollTop] : [0, 0];
    const focus = document.activeElement;
    const inside = current.contains(focus) && focus.classList.contains('scroll');
    current.replaceChildren(...frame.childNodes);
    Object.assign(current.dataset, frame.dataset);
    const again = current.querySelector('.scroll');
    if (again) { again.scrollLeft = left; again.scrollTop = top; if (inside) again.focus({ preventScroll: true }); }
    const basis = parts.querySelector('.basis');
    if (basis && !document.querySelector('.basis details[open]')) document.querySelector('.basis').replaceWith(basis);
    slider.value = frame.dataset.size;
    slider.setAttribute('aria-valuetext', value());
    document.getElementById('to-size').value = frame.dataset.size;
    history.replaceState(null, '', address);
    const now = new URL(address, location.href);
    const on = now.searchParams.get('on');
    // The form of the view is at this step too; that of a meeting sets the day itself.
    const choose = document.getElementById('view').form;
    carry(choose, 'size', frame.dataset.size);
    for (const form of [choose, slider.form, document.getElementById('to-size').form, document.getElementById('to-moment').form]) carry(form, 'on', on || null);
    for (const link of document.querySelectorAll('.languages a')) {
      const url = new URL(link.href);
      url.searchParams.set('returnUrl', now.pathname + now.search);
      link.href = url;
    }
    // So is whatever leads from here to a view, to its data or to a search.
    for (const link of document.querySelectorAll('#replay a, header.site a, footer.site a, link[rel=alternate]')) {
      if (!link.closest('.languages, [data-now]')) link.href = there(link.href, frame.dataset.size, on);
    }
    const search = document.getElementById('find').form;
    for (const [name, value] of [['size', frame.dataset.size], ['on', on || null], ['asOf', null], ['asOfMeeting', null]]) carry(search, name, value);
  };

  // The same address at another basis.
  const there = (address, size, on) => {
    const url = new URL(address, location.href);
    for (const name of ['asOf', 'asOfMeeting']) url.searchParams.delete(name);
    url.searchParams.set('size', size);
    if (on) url.searchParams.set('on', on); else url.searchParams.delete('on');
    return url.pathname + url.search + url.hash;
  };

  const isLast = () => document.getElementById('frame').dataset.last === 'true';

  const load = async address => {
    running?.abort();
    const mine = running = new AbortController();
    const answer = await fetch(address, { headers: { [words.header]: '1' }, cache: 'no-store', signal: mine.signal });
    if (!answer.ok) throw new Error(answer.status);
    show(await answer.text(), answer.url);
  };

  const stop = text => {
    playing = false;
    clearTimeout(timer);
    // What was asked for while it played isn't shown any more.
    running?.abort();
    play.textContent = play.dataset.play;
    play.setAttribute('aria-pressed', 'false');
    said.textContent = text;
  };

  const go = async (address, quiet) => {
    try {
      await load(address);
      if (!quiet) said.textContent = `${value()} ${document.getElementById('made').textContent.trim().replace(/\s+/g, ' ')}`;
      return true;
    } catch (error) {
      if (error.name !== 'AbortError') stop(words.failed);
      return false;
    }
  };

  const tick = async () => {
    const before = location.href;
    if (!(await go(document.getElementById('forward').href, true)) || !playing) return;
    if (isLast() || location.href === before) { stop(words.over); return; }
    timer = setTimeout(tick, Number(speed.value));
  };

  play.addEventListener('click', async () => {
    if (playing) { stop(`${words.paused} ${value()}`); return; }
    playing = true;
    play.textContent = play.dataset.pause;
    play.setAttribute('aria-pressed', 'true');
    said.textContent = words.playing;
    // From the end, it begins again.
    if (isLast() && !(await go(document.getElementById('first').href, true))) return;
    if (playing) tick();
  });

  for (const link of steps) {
    link.addEventListener('click', event => {
      if (event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
      event.preventDefault();
      if (playing) stop(words.paused);
      go(link.href);
    });
  }

  const slide = () => {
    const url = new URL(location.href);
    for (const name of ['asOf', 'go', 'meeting', 'unchanged']) url.searchParams.delete(name);
    url.searchParams.set('size', slider.value);
    go(url.href);
  };
  slider.addEventListener('input', () => {
    if (playing) stop(words.paused);
    slider.setAttribute('aria-valuetext', value());
    clearTimeout(timer);
    timer = setTimeout(slide, 150);
  });
  slider.form.addEventListener('submit', event => { event.preventDefault(); clearTimeout(timer); slide(); });

  slider.setAttribute('aria-valuetext', value());
  slider.form.querySelector('button').hidden = true;
  document.getElementById('player').hidden = false;
})();
