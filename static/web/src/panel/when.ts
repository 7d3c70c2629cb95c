import type { App, View } from '../app';
import type { Epoch } from '../api';
import { button, el } from '../dom';
import { icon } from '../icon';
import type { Section } from './panel';

/** The day: in large words, by steps from change to change, and as a field. */
export function when(app: App, { words, dataset }: View): Section {
  const heading = el('h2', { class: 'day' });
  const badge = el('span', { class: 'badge' });
  const span = el('p', { class: 'quiet' });
  const stale = el('p', { class: 'quiet stale', hidden: true });
  const epochs = dataset.epochs;

  const step = (by: number) => {
    const to = epochs[shownEpoch(app.view()!) + by];
    if (to) app.go({ asOf: to.from });
  };
  const previous = button(icon('back'), () => step(-1), { id: 'previous', 'aria-label': words.say('previous_change'), title: words.say('previous_change') });
  const next = button(icon('forward'), () => step(1), { id: 'next', 'aria-label': words.say('next_change'), title: words.say('next_change') });
  const slider = el('input', { id: 'slider', type: 'range', min: 0, max: epochs.length - 1, step: 1, 'aria-label': words.say('changes') });
  slider.addEventListener('input', () => {
    const to = epochs[slider.valueAsNumber];
    if (to) app.go({ asOf: to.from });
  });
  const field = el('input', { id: 'as-of', type: 'date', min: dataset.first_date, 'aria-label': words.say('pick_date') });
  field.addEventListener('change', () => {
    if (field.value) app.go({ asOf: field.value });
  });
  const now = button(words.say('now'), () => app.go({ asOf: null }), { id: 'now' });

  const manyEpochs = epochs.length > 1;
  const element = el(
    'section',
    { class: 'when', 'aria-label': words.say('when') },
    el('div', { class: 'headline' }, heading, badge),
    span,
    stale,
    el('div', { class: 'steps' }, previous, manyEpochs && slider, next, field, now),
  );

  return {
    element,
    update(view) {
      const day = view.shares?.as_of ?? view.state.asOf ?? today();
      const epoch = view.shares?.epoch ?? null;
      heading.textContent = words.date(day);
      badge.textContent = words.say(epoch && epoch.to !== null ? 'earlier_period' : 'latest');
      badge.hidden = epoch === null;
      badge.classList.toggle('past', epoch?.to != null);
      span.textContent = epoch ? inForce(view, epoch) : ' ';
      const newest = newestEvidence(view);
      const age = newest ? daysBetween(newest, day) : 0;
      stale.hidden = !newest || age <= staleAfterDays;
      if (newest) stale.textContent = words.say('stale', { date: words.date(newest), days: words.days(age) });
      const index = shownEpoch(view);
      previous.disabled = index <= 0;
      next.disabled = index >= epochs.length - 1;
      if (manyEpochs) {
        slider.value = String(Math.max(0, index));
        slider.setAttribute('aria-valuetext', words.date(day));
      }
      field.value = view.state.asOf ?? day;
      now.setAttribute('aria-pressed', String(view.state.asOf === null));
    },
  };
}

// Older than this, the newest evidence is called so: the ground may have changed since.
const staleAfterDays = 30;

function inForce({ words }: View, epoch: Epoch): string {
  return epoch.to === null
    ? words.say('unchanged_since', { date: words.date(epoch.from) })
    : words.say('unchanged_between', { from: words.date(epoch.from), to: words.date(epoch.to) });
}

// The place of the day among the changes; -1 is before the first.
function shownEpoch(view: View): number {
  const day = view.state.asOf ?? view.shares?.as_of ?? today();
  return view.dataset.epochs.findLastIndex((epoch) => epoch.from <= day);
}

// The latest date among the sources that the figure rests on.
function newestEvidence({ dataset, share }: View): string | null {
  const dates = dataset.sources.filter((source) => share?.sources.includes(source.id)).map((source) => source.date);
  return dates.filter((date): date is string => /^\d{4}-\d{2}-\d{2}$/.test(date ?? '')).sort().at(-1) ?? null;
}

function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / 86_400_000);
}

// Days are UTC days, as on the server.
function today(): string {
  return new Date().toISOString().slice(0, 10);
}
