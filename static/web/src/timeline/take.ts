import type { App, View } from '../app';
import { button, el } from '../dom';
import { Phrases } from '../lang';
import type en from '../lang/animation/en.json';
import { bring, learn } from '../learn';
import { today } from '../state';
import { save } from '../take/save';
import { plansOf, timeOf, usualOf } from './plans';
import { settled } from './player';

bring('animation', import.meta.glob('../lang/animation/*.json', { import: 'default' }));

/** Draws what is shown with all it states, as the picture of a day; null where there is no map. */
export type Frame = (day: string) => Promise<HTMLCanvasElement | null>;

/** Offers an animation of the changes under the reading in force. While it is made the page goes through the days, and then back. */
export async function animated(app: App, view: View, frame: Frame): Promise<HTMLElement> {
  const { words, dataset, basis } = view;
  await learn(words.lang);
  const said = new Phrases<typeof en>('animation', words.lang);
  const newest = today();
  const plans = plansOf(dataset.epochs.map(({ from }) => from).filter((from) => from <= newest));
  const usual = usualOf(plans);
  const pick = el('select', { id: 'animation-every' }, ...plans.map((plan) => el('option', { value: plan.every, selected: plan === usual }, said.say(`each_${plan.every}`, { n: words.number(plan.days.length, 0) }))));
  const told = el('p', { class: 'quiet', role: 'status', id: 'animation-told' });
  let working: AbortController | null = null;

  const make = button(said.say('make'), async () => {
    const { days } = plans.find(({ every }) => every === pick.value)!;
    working = new AbortController();
    say(0, days.length);
    try {
      const file = await animationOf(app, frame, days, say, working.signal);
      if (file) save(file, `${dataset.id}-${days[0]}-${days.at(-1)}-${basis}.gif`);
      told.textContent = '';
    } catch (fault) {
      console.error(fault);
      told.textContent = said.say('failed', { date: words.date(app.state.asOf ?? newest) });
    }
    working = null;
    show();
  }, { id: 'animation-make' });
  const cancel = button(said.say('cancel'), () => working?.abort(), { id: 'animation-cancel', hidden: true });
  const show = () => {
    make.disabled = pick.disabled = working !== null;
    cancel.hidden = working === null;
  };
  const say = (made: number, all: number) => {
    told.textContent = said.say('made', { n: words.number(made, 0), all: words.number(all, 0) });
    show();
  };
  // Who closes the dialog wants none.
  document.getElementById('download-dialog')?.addEventListener('close', () => working?.abort());
  return el('div', {}, el('h4', {}, said.say('animation')), el('p', { class: 'row' }, el('label', { for: 'animation-every' }, said.say('pictures')), pick), el('p', { class: 'actions' }, make, cancel), told);
}

// Goes through the days, draws each once it is there, and goes back. Null where it was cancelled.
async function animationOf(app: App, frame: Frame, days: readonly string[], tell: (made: number, all: number) => void, signal: AbortSignal): Promise<Blob | null> {
  const { gif } = await import('./gif');
  const { asOf } = app.state;
  const made = gif();
  try {
    for (const [index, day] of days.entries()) {
      if (signal.aborted) return null;
      app.slide({ asOf: day });
      const isThere = await settled(app, 20_000);
      const picture = isThere ? await frame(day) : null;
      if (!picture) throw new Error(`no picture of ${day}`);
      made.add(picture, timeOf(index, days.length));
      tell(index + 1, days.length);
    }
    return signal.aborted ? null : made.file();
  } finally {
    app.slide({ asOf });
  }
}
