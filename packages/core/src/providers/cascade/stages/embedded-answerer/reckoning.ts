import type { Question } from './question.ts'
import type { AnswerLanguage } from './spelling.ts'

const locales: Readonly<Record<AnswerLanguage, string>> = { en: 'en-US', de: 'de-DE' }

const time = {
  en: /\bwhat time is it\b|\b(?:what is|tell me|give me|do you (?:know|have)|have you got) the (?:current |exact )?time\b|^(?:the )?(?:current )?time(?: please)?$/iu,
  de: /\bwie spät (?:ist es|haben wir)\b|\bwie ?viel uhr\b|\buhrzeit\b/iu,
}
const date = {
  en: /\bwhat (?:day|date|month|year) (?:is (?:it|today)|do we have|are we in)\b|\b(?:what is|tell me) (?:the |today s |todays? )?(?:current |exact )?(?:date|day)(?: today)?$|\btoday['’]?s date\b|\bwhat is today\b|\bwhich (?:day|date|month|year) is (?:it|today)\b/iu,
  de: /\b(?:welche[rns]? (?:wochen)?(?:tag|datum|monat|jahr)|was für ein(?:en)? tag|den wievielten|der wievielte) (?:ist|haben wir|ist es)\b|\b(?:heutige )?datum (?:von )?heute\b|\bheutige datum\b|\bder wievielte\b/iu,
}

/** Time and date, by the clock of the answerer. */
export function clock({ plain, language, now, timeZone }: Question): string | undefined {
  const zone = timeZone === undefined ? {} : { timeZone }
  const format = (options: Intl.DateTimeFormatOptions): string =>
    new Intl.DateTimeFormat(locales[language], { ...options, ...zone }).format(now).replaceAll('\u202F', ' ')
  if (time[language].test(plain)) {
    const clockTime = format({ hour: 'numeric', minute: '2-digit' })
    return language === 'de' ? `Es ist ${clockTime.replace(/^0(?=\d)/, '')} Uhr.` : `It is ${clockTime}.`
  }
  if (!date[language].test(plain)) return undefined
  const day = format({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' })
  return language === 'de' ? `Heute ist ${day}.` : `Today is ${day}.`
}

const maxCount = 200

const counting = {
  en: /\bcount(?: (?:up|down|backwards?|for me|please))*(?: from (?<from>\d+))?(?: (?:down|up|backwards?))*(?: ?(?:to|until|till|up to|two) (?<to>\d+))?/iu,
  de: /\bzähle?(?: (?:bitte|mal|mir|rückwärts|herunter|runter|hoch))*(?: von (?<from>\d+))?(?: (?:rückwärts|herunter|runter|hoch))*(?: bis (?:zu |auf )?(?<to>\d+))?/iu,
}

/** Counts aloud, up or down, at most 200 numbers. */
export function count({ counted, language }: Question): string | undefined {
  // Recognition writes "to" before a number as "two": "count 2 20".
  const found = counting[language].exec(counted.replace(/\bcount 2 (?=\d)/iu, 'count to '))
  const down = /\b(?:down|backwards?|rückwärts|herunter|runter)\b/iu.test(counted)
  const { from, to } = found?.groups ?? {}
  if (found === null || (from === undefined && to === undefined && !down)) return undefined
  const first = Number(from ?? (down ? (to ?? 10) : 1))
  const last = Number((from === undefined && down ? undefined : to) ?? (down ? 1 : first + 9))
  const length = Math.abs(last - first) + 1
  if (length > maxCount) {
    return language === 'de'
      ? `Ich zähle höchstens ${maxCount} Zahlen.`
      : `I count ${maxCount} numbers at most.`
  }
  const step = last < first ? -1 : 1
  return `${Array.from({ length }, (_, at) => first + at * step).join(', ')}.`
}

const operators: readonly (readonly [RegExp, string])[] = [
  [/ (?:multiplied by|times|mal|x|×|\*) /giu, ' * '],
  [/ (?:divided by|over|geteilt durch|durch|÷|\/) /giu, ' / '],
  [/ (?:plus|and|und|\+) /giu, ' + '],
  [/ (?:minus|less|weniger|-) /giu, ' - '],
]

/** Sums, differences, products and quotients of plain numbers; products bind first. */
export function arithmetic({ counted, language }: Question): string | undefined {
  const spaced = counted.replace(/(?<=\d)\s*([+*/×÷-])\s*(?=\d)/g, ' $1 ')
  const sum = operators.reduce((text, [words, sign]) => text.replace(words, sign), spaced)
  const terms = /(?:^|\s)(-?\d+(?:\.\d+)?(?: [-+*/] -?\d+(?:\.\d+)?)+)(?: .{0,12})?$/u.exec(sum)?.[1]
  if (terms === undefined) return undefined
  const result = evaluate(terms.split(' '))
  if (!Number.isFinite(result)) {
    return language === 'de' ? 'Durch null kann man nicht teilen.' : 'One cannot divide by zero.'
  }
  const shown = new Intl.NumberFormat(locales[language], { maximumFractionDigits: 6 }).format(result)
  return language === 'de' ? `Das macht ${shown}.` : `That makes ${shown}.`
}

function evaluate(tokens: readonly string[]): number {
  let [sum, product] = [0, Number(tokens[0])]
  for (let at = 1; at + 1 < tokens.length; at += 2) {
    const value = Number(tokens[at + 1])
    const operator = tokens[at]
    if (operator === '*') product *= value
    else if (operator === '/') product /= value
    else {
      sum += product
      product = operator === '-' ? -value : value
    }
  }
  return sum + product
}
