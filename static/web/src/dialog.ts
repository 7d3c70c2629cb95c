import { button, el } from './dom';
import type { Words } from './lang';

/** Opens a dialog, which Escape and its button close and take away. */
export function openDialog(words: Words, id: string, heading: string, content: readonly Node[], closing: string | HTMLElement = ''): void {
  document.getElementById(id)?.remove();
  const dialog = el(
    'dialog',
    { id, 'aria-labelledby': `${id}-title` },
    el('h2', { id: `${id}-title`, dir: 'auto' }, heading),
    ...content,
    el('p', { class: 'actions' }, el('span', {}, closing), button(words.say('close'), () => dialog.close(), { class: 'strong' })),
  );
  dialog.addEventListener('close', () => dialog.remove());
  document.body.append(dialog);
  dialog.showModal();
}
