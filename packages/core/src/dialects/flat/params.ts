import type { Field } from './field.ts'
import { responseFields } from './response.ts'
import { keptSessionKeys, sessionFields } from './session-fields.ts'

interface Rename {
  readonly flat: string
  readonly ga: string
  /** One word on the flat wire: what follows in GA's path points into it. */
  readonly word: boolean
}

/** The names of fields in errors, from GA to a flat wire and back. */
export interface ParamNames {
  readonly toGa: (param: string) => string
  readonly toFlat: (param: string) => string
}

const keptResponseKeys: ReadonlySet<string> = new Set(['conversation', 'instructions', 'metadata', 'prompt'])

/** The names for one of the flat wires. */
export function paramNames(extended: boolean): ParamNames {
  const renames = [
    ...sessionFields(extended).map((field) => rename('session', field)),
    ...responseFields(extended).map((field) => rename('response', field)),
  ]
  const kept: ReadonlyMap<string, ReadonlySet<string>> = new Map([
    ['session', keptSessionKeys],
    ['response', keptResponseKeys],
  ])
  return {
    toGa(param) {
      const found = longest(renames, param, (candidate) => candidate.flat)
      if (found) return found.ga + param.slice(found.flat.length)
      const [, root = '', key] = /^(session|response)\.(\w+)/.exec(param) ?? []
      if (key === undefined || kept.get(root)?.has(key)) return param
      return `${root}.extensions${param.slice(root.length)}`
    },
    toFlat(param) {
      const found = longest(renames, param, (candidate) => candidate.ga)
      if (found) return found.word ? found.flat : found.flat + param.slice(found.ga.length)
      return param.replace(/^(session|response)\.extensions\./, '$1.')
    },
  }
}

function rename(root: string, { key, path, errorPath = path, word = false }: Field): Rename {
  return { flat: `${root}.${key}`, ga: [root, ...errorPath].join('.'), word }
}

function longest(
  renames: readonly Rename[],
  param: string,
  nameOf: (rename: Rename) => string,
): Rename | undefined {
  return renames
    .filter((rename) => isWithin(param, nameOf(rename)))
    .sort((a, b) => nameOf(b).length - nameOf(a).length)[0]
}

function isWithin(param: string, name: string): boolean {
  return param.startsWith(name) && ['', '.', '['].includes(param.charAt(name.length))
}

/** The `param` of an error in the other wire's words, in its message too; nothing where it names none. */
export function renamedParam(
  error: { readonly message: string; readonly param?: string | null | undefined },
  rename: (param: string) => string,
): { message?: string; param?: string } {
  if (typeof error.param !== 'string') return {}
  const param = rename(error.param)
  return { param, message: error.message.replaceAll(`'${error.param}'`, `'${param}'`) }
}
