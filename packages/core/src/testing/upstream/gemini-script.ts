/** One text of a session's context, in order. */
export interface GeminiContextText {
  readonly role: 'user' | 'model'
  readonly text: string
}

/** What the stand-in does with a turn. */
export type GeminiPlan =
  | {
      readonly kind: 'say'
      readonly words: readonly string[]
      readonly wordMs: number
      readonly odd?: boolean
    }
  | { readonly kind: 'call'; readonly names: readonly string[] }
  | { readonly kind: 'drop' | 'expire' | 'fail' }

/** A turn of the user as the script sees it. */
export interface GeminiQuestion {
  readonly text: string
  readonly spoken: boolean
  readonly image: boolean
  readonly before: readonly GeminiContextText[]
  readonly instructions: string
  readonly voice: string
  readonly functions: readonly string[]
}

const numberWords = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']

/** The script: words in the last text of the user decide. */
export function geminiPlan(question: GeminiQuestion): GeminiPlan {
  const { text, before } = question
  if (question.image) return say('I see an image.')
  const called = /\bcall\s+(.+)/i.exec(text)?.[1]?.split(/[^\w-]+/)
  if (called) {
    const names = called.filter((name) => question.functions.includes(name))
    return names.length > 0 ? { kind: 'call', names } : say(`There is no tool ${called[0] ?? ''}.`)
  }
  if (/drop the line/i.test(text)) return { kind: 'drop' }
  if (/expire the session/i.test(text)) return { kind: 'expire' }
  if (/fail please/i.test(text)) return { kind: 'fail' }
  const count = /count to (\d+)/i.exec(text)?.[1]
  if (count !== undefined) {
    const words = Array.from({ length: Number(count) }, (_, at) => numberWords[at] ?? String(at + 1))
    return { kind: 'say', words, wordMs: 200 }
  }
  if (/what did i say/i.test(text)) return say(recollection(before))
  if (/which voice/i.test(text)) return say(`My voice is ${question.voice}.`)
  if (/in german/i.test(`${text} ${question.instructions}`)) return say('Das ist Deutsch.')
  if (question.spoken) return say('I heard you.')
  return { ...say(`You said: ${text}.`), odd: /odd event/i.test(text) }
}

/** What is said once every output of the calls is there. */
export function toolAnswer(outputs: readonly Readonly<Record<string, unknown>>[]): GeminiPlan {
  const texts = outputs.map((response) => {
    const { output } = response
    return typeof output === 'string' ? output : JSON.stringify(output ?? response)
  })
  return say(`The tool said: ${texts.join(' | ')}.`)
}

function say(text: string): Extract<GeminiPlan, { kind: 'say' }> {
  return { kind: 'say', words: text.split(' '), wordMs: 100 }
}

function recollection(before: readonly GeminiContextText[]): string {
  const of = (role: string) => before.filter((entry) => entry.role === role).map(({ text }) => text)
  const said = of('model')
  const asked = of('user').join(' | ') || 'nothing'
  return `You said before: ${said.length === 0 ? asked : `${asked} || ${said.join(' | ')}`}.`
}
