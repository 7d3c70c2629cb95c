/** Which changes an animation shows. */
export interface Plan {
  every: 'change' | 'week' | 'month';
  days: string[];
}

/** More pictures than this are shown only to who asks for them: a file for a page is smaller. */
export const mostPictures = 120;

/** The ways to show changes (days in order): each, and the last of each week and month, where that makes fewer. Weeks begin on Monday. */
export function plansOf(days: readonly string[]): Plan[] {
  const lastOf = (part: (day: string) => string | number) => days.filter((day, index) => index === days.length - 1 || part(day) !== part(days[index + 1]!));
  const plans: Plan[] = [{ every: 'change', days: [...days] }, { every: 'week', days: lastOf(weekOf) }, { every: 'month', days: lastOf((day) => day.slice(0, 7)) }];
  return plans.filter(({ days: fewer }, index) => index === 0 || fewer.length < plans[index - 1]!.days.length);
}

/** The first of them that is not too long, else the shortest. */
export function usualOf(plans: readonly Plan[]): Plan {
  return plans.find(({ days }) => days.length <= mostPictures) ?? plans.at(-1)!;
}

/** How long one of so many pictures is seen, in milliseconds: the last longer. */
export function timeOf(index: number, all: number): number {
  const time = Math.round(Math.min(900, Math.max(120, 30_000 / all)) / 10) * 10; // GIF counts in hundredths of a second
  return index === all - 1 ? time + 2000 : time;
}

// 1970-01-01 was a Thursday.
function weekOf(day: string): number {
  return Math.floor((Date.parse(day) / 86_400_000 + 3) / 7);
}
