import type { GeoJSON } from 'geojson';
import type { Problem } from './api';
import type { View } from './app';
import { button, el, type Child } from './dom';
import type { Key, Words } from './lang';
import { withWords } from './learn';

/** A boxed message with what can be done about it. */
export function notice(heading: string, why: Child, ...actions: HTMLElement[]): HTMLElement {
  return el(
    'div',
    { class: 'notice', role: 'alert' },
    el('h2', {}, heading),
    el('p', {}, why),
    actions.length > 0 && el('p', { class: 'actions' }, ...actions),
  );
}

/** Says in words why the server gave no answer, with its own detail where it has one. */
export function failureNotice(words: Words, problem: Problem, retry: () => void): HTMLElement {
  const [heading, why] = saying(problem.status);
  const detail = el('span', { dir: 'auto' }, why ? words.say(why) : problem.detail);
  // What is refused or not there is so the next time too.
  return notice(words.say(heading), detail, ...(canHelp(problem) ? [button(words.say('retry'), retry, { class: 'strong' })] : []));
}

/** Says why a shape has no answer: what can be done where the server refuses it, else as failureNotice does. */
export function shapeNotice(view: View, problem: Problem, shape: GeoJSON, take: (shape: GeoJSON) => void): HTMLElement {
  if (canHelp(problem)) return failureNotice(view.words, problem, () => take(shape));
  const box = el('div', { class: 'notice', role: 'alert' });
  const fill = async () => {
    const { fillRefusal } = await withWords(import('./refusal/refusal'), view.words.lang);
    fillRefusal(box, view, problem, shape, take);
  };
  fill().catch(() => box.append(problem.detail));
  return box;
}

// Whether to ask again may help.
function canHelp({ status }: Problem): boolean {
  return status === 0 || status === 408 || status === 429 || status >= 500;
}

function saying(status: number): [heading: Key, why: Key | null] {
  if (status === 0) return ['no_answer', 'no_answer_why'];
  if (status >= 500 || status === 429) return ['busy', 'busy_why'];
  if (status === 404) return ['not_found', null];
  return ['refused', null];
}
