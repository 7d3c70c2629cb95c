import type { App, View } from '../app';
import type { Epoch } from '../api';
import { button, el } from '../dom';
import { icon } from '../icon';
import { isDay, today } from '../state';
import type { Section } from './panel';

/** The day asked about: in words, by steps from change to change, and as a field. */
export function when(app: App, { words, dataset }: View): Section {
  const day = el('p', { class: 'day' });
  const span = el('p', { class: 'quiet' });
  const review = el('p', { class: 'quiet review' });
  // Nothing is known of days to come, whatever a dataset says of them.
  const epochs = dataset.epochs.filter((epoch) => epoch.from <= today());

  const step = (by: number) => {
    const to = epochs[shownEpoch(app.view()!) + by];
    if (to) app.go({ asOf: to.from });
  };
  const previous = button(icon('back'), () => step(-1), { id: 'previous', 'aria-label': words.say('previous_change'), title: words.say('previous_change') });
  const next = button(icon('forward'), () => step(1), { id: 'next', 'aria-label': words.say('next_change'), title: words.say('next_change') });
  let isSliding = false;
  const slider = el('input', { id: 'slider', type: 'range', min: 0, max: epochs.length - 1, step: 1, 'aria-label': words.say('changes') });
  slider.addEventListener('input', () => {
    const to = epochs[slider.valueAsNumber];
    if (!to) return;
    // However far it is moved at once, that is one step of the history.
    if (isSliding) app.slide({ asOf: to.from });
    else app.go({ asOf: to.from });
    isSliding = true;
  });
  for (const begins of ['pointerdown', 'focus']) slider.addEventListener(begins, () => (isSliding = false));
  const field = el('input', { id: 'as-of', type: 'date', min: dataset.first_date, 'aria-label': words.say('pick_date') });
  field.addEventListener('change', () => {
    if (field.value) app.go({ asOf: field.value });
  });
  const now = button(words.say('now'), () => app.go({ asOf: null }), { id: 'now' });

  const manyEpochs = epochs.length > 1;
  const element = el(
    'section',
    { class: 'when', 'aria-label': words.say('when') },
    el('h2', {}, words.say('when')),
    day,
    span,
    el('div', { class: 'steps' }, previous, manyEpochs && slider, next, field, now),
    review,
  );

  return {
    element,
    update(view) {
      const asked = view.state.asOf !== null && isDay(view.state.asOf) ? view.state.asOf : null;
      const shown = view.shares?.as_of ?? asked ?? today();
      const epoch = view.share?.epoch ?? null;
      day.textContent = words.date(shown);
      span.textContent = epoch ? inForce(view, epoch) : ' ';
      review.textContent = reviewed(view);
      review.hidden = review.textContent === '';
      const index = shownEpoch(view);
      previous.disabled = index <= 0;
      next.disabled = index >= epochs.length - 1;
      if (manyEpochs) {
        slider.value = String(Math.max(0, index));
        slider.setAttribute('aria-valuetext', words.date(shown));
      }
      field.value = asked ?? shown;
      now.setAttribute('aria-pressed', String(view.state.asOf === null));
    },
  };
}

function inForce({ words }: View, epoch: Epoch): string {
  return epoch.to === null
    ? words.say('unchanged_since', { date: words.date(epoch.from) })
    : words.say('unchanged_between', { from: words.date(epoch.from), to: words.date(epoch.to) });
}

// When newer evidence was looked for, and whether it should be again.
function reviewed({ words, share }: View): string {
  const { reviewed_on: looked, review_due: due } = share?.evidence ?? { reviewed_on: null, review_due: false };
  return [looked && words.say('reviewed', { date: words.date(looked) }), due && words.say('review_due')].filter(Boolean).join(' ');
}

// The place of the day among the changes; -1 is before the first.
function shownEpoch(view: View): number {
  const day = view.state.asOf ?? view.shares?.as_of ?? today();
  return view.dataset.epochs.findLastIndex((epoch) => epoch.from <= day);
}
