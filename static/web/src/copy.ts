import { button, type Attributes } from './dom';
import type { Words } from './lang';

/** A button that copies a text and says so for a moment, in its own place and to screen readers. */
export function copyButton(words: Words, label: string, text: () => string, attributes: Attributes = {}): HTMLButtonElement {
  const made = button(
    label,
    () => {
      copy(text());
      made.textContent = words.say('copied');
      setTimeout(() => (made.textContent = label), 1600);
    },
    { 'aria-live': 'polite', ...attributes },
  );
  return made;
}

function copy(text: string): void {
  if (navigator.clipboard) {
    navigator.clipboard.writeText(text).catch(() => copyBySelection(text));
  } else {
    copyBySelection(text);
  }
}

// Pages served without TLS from elsewhere than this machine have no clipboard object.
function copyBySelection(text: string): void {
  const field = document.createElement('textarea');
  field.value = text;
  field.className = 'unseen';
  document.body.append(field);
  field.select();
  document.execCommand('copy');
  field.remove();
}
