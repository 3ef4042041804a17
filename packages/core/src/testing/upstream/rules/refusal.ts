import type { z } from 'zod'

/** Why a service refuses an event, as it stands in its `error` event. */
export interface Refusal {
  readonly code: string
  readonly message: string
  readonly param: string | null
  /** A correct client may run into it too (a race, a late truncate), so it is no broken rule. */
  readonly benign?: boolean
}

type Issue = z.core.$ZodIssue

/** What is wrong with `value`, by the documented codes; `undefined` when it fits. */
export function refusalOf(schema: z.ZodType, value: unknown): Refusal | undefined {
  const result = schema.safeParse(value)
  if (result.success) return undefined
  const issue = mostTelling(result.error.issues)
  if (issue === undefined) return { code: 'invalid_value', message: 'Invalid value.', param: null }
  if (issue.code === 'unrecognized_keys') {
    const param = paramOf([...issue.path, issue.keys[0] ?? ''])
    return { code: 'unknown_parameter', message: `Unknown parameter: '${param}'.`, param }
  }
  const param = paramOf(issue.path)
  if (valueAt(value, issue.path) === undefined) {
    return {
      code: 'missing_required_parameter',
      message: `Missing required parameter: '${param}'.`,
      param,
    }
  }
  return { code: 'invalid_value', message: `Invalid value for '${param}': ${issue.message}`, param }
}

/** The first issue; inside a union the one of the branch that came furthest. */
function mostTelling(issues: readonly Issue[]): Issue | undefined {
  const [issue] = issues
  if (issue?.code !== 'invalid_union' || issue.errors.length === 0) return issue
  const inner = issue.errors
    .flatMap((branch) => mostTelling(branch) ?? [])
    .toSorted((a, b) => b.path.length - a.path.length || rank(b) - rank(a))[0]
  return inner === undefined ? issue : { ...inner, path: [...issue.path, ...inner.path] }
}

/** A wrong key says more than a wrong value, and that more than a wrong type. */
function rank({ code }: Issue): number {
  if (code === 'unrecognized_keys') return 2
  return code === 'invalid_type' ? 0 : 1
}

function paramOf(path: readonly PropertyKey[]): string {
  return path
    .map((key, at) => (typeof key === 'number' ? `[${key}]` : `${at === 0 ? '' : '.'}${String(key)}`))
    .join('')
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (inner, key) => (typeof inner === 'object' && inner !== null ? Reflect.get(inner, key) : undefined),
    value,
  )
}
