/** A piece of code of an article. */
export interface Fence {
  readonly language: string
  readonly code: string
  /** Line it begins at, from 1. */
  readonly line: number
}

/** Every fenced piece of code of a Markdown text. */
export function fencesOf(text: string): readonly Fence[] {
  return [...text.matchAll(/^([ \t]*)```([^\n`]*)\n(.*?)^[ \t]*```[ \t]*$/gms)].map((match) => {
    const [, indent = '', info = '', code = ''] = match
    return {
      language: info.trim().split(/\s/)[0] ?? '',
      code: code.replaceAll(new RegExp(`^${indent}`, 'gm'), ''),
      line: text.slice(0, match.index).split('\n').length,
    }
  })
}
