import type { FunctionCallOutputItem } from '../../events/items.ts'
import type { Tool } from '../../events/tools.ts'
import type { FunctionDeclaration, FunctionResponse, ToolList } from './messages.ts'
import type { ModelTraits } from './model-traits.ts'

/** The functions as declared in a setup; the model waits for their outputs, as clients of GA expect. */
export function toToolList(tools: readonly Tool[], traits: ModelTraits): readonly ToolList[] {
  const functionDeclarations = tools.flatMap((tool) =>
    tool.type === 'function' ? [declared(tool, traits)] : [],
  )
  return functionDeclarations.length === 0 ? [] : [{ functionDeclarations }]
}

function declared(
  { name, description, parameters }: Extract<Tool, { type: 'function' }>,
  { nonBlockingFunctions }: ModelTraits,
): FunctionDeclaration {
  return {
    name,
    ...(description == null ? {} : { description }),
    ...(parameters == null ? {} : { parametersJsonSchema: parameters }),
    ...(nonBlockingFunctions ? { behavior: 'BLOCKING' as const } : {}),
  }
}

/** A function call the model waits for. An id that Gemini did not give is not sent back. */
export interface OpenCall {
  readonly name: string
  readonly invented: boolean
}

/** The output as the object Gemini wants: JSON objects as they are, anything else under `output`. */
export function toFunctionResponse(
  item: FunctionCallOutputItem,
  { name, invented }: OpenCall,
): FunctionResponse {
  return { ...(invented ? {} : { id: item.call_id }), name, response: responseObject(item.output) }
}

function responseObject(output: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(output)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
    return { output: value }
  } catch {
    return { output }
  }
}
