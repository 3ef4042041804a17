import { Tool } from '../../events/tools.ts'
import { isObject, type JsonObject } from '../json-object.ts'
import type { Reading } from './field.ts'

const literalChoices: readonly unknown[] = ['auto', 'none', 'required']

/** GA's kinds of tools, and the others beside them. */
export function readTools(value: unknown): Reading {
  if (!Array.isArray(value)) return { beyond: value }
  const tools = value.map((tool: unknown) => (isObject(tool) ? readTool(tool) : tool))
  const known = tools.filter((tool) => Tool.safeParse(tool).success)
  const foreign = tools.filter((tool) => !Tool.safeParse(tool).success)
  return foreign.length === 0 ? { ga: known } : { ga: known, beyond: foreign }
}

/** Tools as the flat wires have them. */
export function writeTools(value: unknown): unknown {
  return Array.isArray(value)
    ? value.map((tool: unknown) => (isObject(tool) ? writeTool(tool) : tool))
    : value
}

/** A bare word that is none of the fixed ones is the name of a function. */
export function readToolChoice(value: unknown): Reading {
  if (typeof value !== 'string' || literalChoices.includes(value)) return { ga: value }
  return { ga: { type: 'function', name: value } }
}

/** The bare name of the tool that must be called; a choice without a name stays as it is. */
export function toolChoiceName(value: unknown): unknown {
  return isObject(value) && typeof value['name'] === 'string' ? value['name'] : value
}

/** Voice Live lists tool names where GA has a filter: `{ never: ['find'] }`. */
function readTool(tool: JsonObject): JsonObject {
  return withApproval(tool, (names) => (Array.isArray(names) ? { tool_names: names } : names))
}

function writeTool(tool: JsonObject): JsonObject {
  return withApproval(tool, (filter) =>
    isObject(filter) && Object.keys(filter).join() === 'tool_names' ? filter['tool_names'] : filter,
  )
}

function withApproval(tool: JsonObject, convert: (filter: unknown) => unknown): JsonObject {
  const approval = tool['require_approval']
  if (!isObject(approval)) return tool
  const converted = Object.entries(approval).map(([key, filter]) => [key, convert(filter)])
  return { ...tool, require_approval: Object.fromEntries(converted) }
}
