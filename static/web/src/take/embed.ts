import type { App } from '../app';
import { copyButton } from '../copy';
import { openDialog } from '../dialog';
import { el } from '../dom';
import { addressOf } from '../share';

const height = 520; // CSS pixels, as GET /oembed has it

/** Opens a dialog with the markup that puts the map into another page. */
export function openEmbed(app: App): void {
  const { words } = app;
  const code = el('textarea', { id: 'embed-code', rows: 5, dir: 'ltr', readonly: true, spellcheck: 'false', 'aria-label': words.say('embed_code') });
  const newest = el('input', { type: 'checkbox', id: 'embed-newest' });
  const write = () => (code.value = frame(addressOf(app, { embed: true, newest: newest.checked }), document.title));
  newest.addEventListener('change', write);
  write();
  openDialog(words, 'embedding', words.say('embed'), [
    el('p', {}, words.say('embed_why')),
    code,
    el('label', { class: 'layer', for: 'embed-newest' }, newest, words.say('embed_newest')),
    el('p', {}, copyButton(words, words.say('copy'), () => code.value, { id: 'embed-copy' })),
    el('p', { class: 'quiet' }, words.say('embed_height')),
  ]);
}

function frame(address: string, title: string): string {
  const made = el('iframe', { src: address, title, loading: 'lazy', width: '100%', height });
  return made.outerHTML.replace('></iframe>', ' style="border:0"></iframe>');
}
