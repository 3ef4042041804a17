import { measureDefinitions } from './definitions.ts'
import { formatValue } from './format-value.ts'
import type { Passes } from './passes.ts'
import type { ComparisonWarning } from './warnings.ts'

type Language = 'en' | 'de'

/** One warning in one or two sentences for people. */
export function warningText(warning: ComparisonWarning, language: Language): string {
  const texts = warningTexts[language]
  switch (warning.kind) {
    case 'left_out':
      return `${passesText(warning.passes, language)}; ${texts.leftOut}.`
    case 'no_pass':
      return texts.noPass(warning.lane, noPassReason(warning.passes, language))
    case 'replay':
      return texts.replay(warning.lanes)
    case 'busy':
      return texts.busy(formatValue(warning.lateShare, 'ratio', language))
    case 'few': {
      const which = warning.waits
        .map(({ measure, lanes }) => `${measureDefinitions[measure][language].title} (${lanes.join(', ')})`)
        .join(', ')
      return warning.small === 'median' ? texts.smallMedian(which) : texts.smallP95(which)
    }
  }
}

/** How many passes count: `2 of 3 passes counted`. */
export function passesText({ counted, begun }: Passes, language: Language): string {
  return warningTexts[language].counted(counted, begun)
}

/** Why no pass of a lane counts, without a full stop: its problem, or that it was stopped or never begun. */
export function noPassReason({ problem, failed, begun }: Passes, language: Language): string {
  const texts = warningTexts[language]
  if (begun === 0) return texts.notBegun
  if (failed === 0) return texts.stopped
  return problem === undefined ? texts.failed : problem.replace(/\.$/, '')
}

interface WarningTexts {
  readonly counted: (counted: number, begun: number) => string
  readonly leftOut: string
  readonly noPass: (lane: string, reason: string) => string
  readonly notBegun: string
  readonly stopped: string
  readonly failed: string
  readonly replay: (lanes: readonly string[]) => string
  readonly busy: (late: string) => string
  readonly smallMedian: (which: string) => string
  readonly smallP95: (which: string) => string
}

const warningTexts: Readonly<Record<Language, WarningTexts>> = {
  en: {
    counted: (counted, begun) => `${counted} of ${begun} ${begun === 1 ? 'pass' : 'passes'} counted`,
    leftOut: 'stopped and failed ones are left out',
    noPass: (lane, reason) => `No numbers for ${lane}, no pass of it came to its end: ${reason}.`,
    notBegun: 'none was begun',
    stopped: 'stopped',
    failed: 'failed',
    replay: (lanes) =>
      lanes.length === 1
        ? `${lanes[0]} plays a recording and does not understand what is said to it: its words and waits are those of the recording, and it has no word error rate.`
        : `${listed(lanes, 'en')} play recordings and do not understand what is said to them: their words and waits are those of the recordings, and they have no word error rate.`,
    busy: (late) =>
      `The machine that measured was too busy: ${late} of the sound was sent late, so waits are longer than they would be. End other programs and repeat.`,
    smallMedian: (which) =>
      `Few observations of ${which}. With fewer than 5, a median is a matter of luck. Repeat the comparison before you decide.`,
    smallP95: (which) =>
      `Fewer than 20 observations of ${which}. There, p95 is little more than the slowest one.`,
  },
  de: {
    counted: (counted, begun) =>
      `${counted} von ${begun} ${begun === 1 ? 'Durchlauf' : 'Durchläufen'} gezählt`,
    leftOut: 'angehaltene und gescheiterte sind ausgelassen',
    noPass: (lane, reason) => `Keine Zahlen für ${lane}, kein Durchlauf kam an sein Ende: ${reason}.`,
    notBegun: 'keiner wurde begonnen',
    stopped: 'angehalten',
    failed: 'gescheitert',
    replay: (lanes) =>
      lanes.length === 1
        ? `${lanes[0]} spielt eine Aufnahme ab und versteht nicht, was gesagt wird: Worte und Wartezeiten sind die der Aufnahme, und eine Wortfehlerrate gibt es nicht.`
        : `${listed(lanes, 'de')} spielen Aufnahmen ab und verstehen nicht, was gesagt wird: Worte und Wartezeiten sind die der Aufnahmen, und eine Wortfehlerrate gibt es nicht.`,
    busy: (late) =>
      `Die messende Maschine war zu beschäftigt: ${late} des Tons wurden zu spät gesendet, daher sind die Wartezeiten länger, als sie wären. Andere Programme beenden und wiederholen.`,
    smallMedian: (which) =>
      `Wenige Beobachtungen: ${which}. Bei weniger als 5 ist der Median Glückssache. Vor einer Entscheidung den Vergleich wiederholen.`,
    smallP95: (which) => `Weniger als 20 Beobachtungen: ${which}. Dort ist p95 kaum mehr als die langsamste.`,
  },
}

function listed(lanes: readonly string[], language: Language): string {
  return new Intl.ListFormat(language, { type: 'conjunction' }).format(lanes)
}
