import type { FunctionTool, LanguageModelRequest } from '../../stages.ts'
import type { Question } from './question.ts'
import { contentWords, toSearchForm } from './spelling.ts'
import { fillArguments, words } from './tool-arguments.ts'

/** A call the answerer decided on. */
export interface ChosenCall {
  readonly name: string
  /** JSON text. */
  readonly arguments: string
}

const genericWords = new Set(
  (
    'get set fetch find look lookup search query call do run make create current my the a an of for in to and by tool ' +
    'function api information info data details value return returns given user use read show check new'
  ).split(' '),
)

/**
 * Chooses a call. A named tool is always called, `required` calls the closest one. With `auto` a tool is called when
 * the utterance holds all telling words of its name, or half of them and two telling words of name and description,
 * and every required parameter can be filled from the utterance.
 */
export function chooseCall(
  { tools, toolChoice }: Pick<LanguageModelRequest, 'tools' | 'toolChoice'>,
  question: Question,
): ChosenCall | undefined {
  if (toolChoice === 'none' || tools.length === 0) return undefined
  if (typeof toolChoice === 'object') {
    const named = tools.find(({ name }) => name === toolChoice.name)
    return named === undefined ? undefined : toCall(named, question, true)
  }
  const ranked = tools
    .map((tool) => ({ tool, fit: fitOf(tool, question) }))
    .toSorted((a, b) => b.fit.score - a.fit.score)
  if (toolChoice === 'required') return ranked[0] && toCall(ranked[0].tool, question, true)
  for (const { tool, fit } of ranked) {
    const call = fit.clear ? toCall(tool, question, false) : undefined
    if (call !== undefined) return call
  }
  return undefined
}

function toCall(tool: FunctionTool, question: Question, force: boolean): ChosenCall | undefined {
  const { complete, values } = fillArguments(tool, question, force)
  return complete || force ? { name: tool.name, arguments: JSON.stringify(values) } : undefined
}

function fitOf(tool: FunctionTool, question: Question): { readonly score: number; readonly clear: boolean } {
  const said = contentWords(question.plain, question.language).map(stem)
  const named = tellingWords(words(tool.name))
  const described = new Set([...named, ...tellingWords(tool.description ?? '')])
  const nameHits = named.filter((word) => said.some((heard) => sameWord(heard, word))).length
  const allHits = [...described].filter((word) => said.some((heard) => sameWord(heard, word))).length
  const nameShare = named.length === 0 ? 0 : nameHits / named.length
  return { score: nameShare + allHits / 100, clear: nameShare === 1 || (nameShare >= 0.5 && allHits >= 2) }
}

function tellingWords(text: string): readonly string[] {
  return toSearchForm(text)
    .split(' ')
    .filter((word) => word.length > 1 && !genericWords.has(word))
    .map(stem)
}

function stem(word: string): string {
  return word.replace(/(?<=\w{3})(?:ing|ed|es|s|en|e)$/, '')
}

/** German words contain the English or German word they are made of: Wetterbericht, Wetter. */
function sameWord(heard: string, word: string): boolean {
  return heard === word || (word.length >= 5 && heard.includes(word))
}
