import { randomUUID } from 'node:crypto'
import { isRecord, stringOf } from '../http/json-value.ts'

/** A call whose pieces have all arrived. `arguments` is JSON text, `{}` when the model sent none. */
export interface AssembledToolCall {
  readonly callId: string
  readonly name: string
  readonly arguments: string
}

/** Puts the streamed pieces of function calls together. */
export interface ToolCallAssembly {
  /** Takes the `tool_calls` value of one chunk; ignores what is not an array. */
  push(deltas: unknown): void
  /** All calls in the order they began. */
  calls(): readonly AssembledToolCall[]
}

interface OpenCall {
  readonly index: number | undefined
  id: string
  name: string
  arguments: string
}

/** A fresh call id, short enough for the 32 characters Realtime clients accept. */
export function createCallId(): string {
  return `call_${randomUUID().replaceAll('-', '').slice(0, 24)}`
}

/**
 * Creates an assembly that also understands servers which send a call in one piece, without `index`, with the
 * same index for every call, with an empty or missing id, or with arguments as an object. Missing and repeated
 * ids are replaced by `newCallId`.
 */
export function createToolCallAssembly(newCallId: () => string = createCallId): ToolCallAssembly {
  const open: OpenCall[] = []

  function find(index: number | undefined, id: string, name: string): OpenCall | undefined {
    if (index !== undefined) {
      const call = open.findLast((candidate) => candidate.index === index)
      const another = call !== undefined && name !== '' && id !== '' && call.id !== '' && call.id !== id
      return another ? undefined : call
    }
    if (id !== '') return open.find((candidate) => candidate.id === id)
    return name === '' ? open.at(-1) : undefined
  }

  return {
    push(deltas) {
      if (!Array.isArray(deltas)) return
      for (const delta of deltas.filter(isRecord)) {
        const fn = isRecord(delta['function']) ? delta['function'] : {}
        const index = typeof delta['index'] === 'number' ? delta['index'] : undefined
        const [id, name] = [stringOf(delta['id']), stringOf(fn['name'])]
        const piece = isRecord(fn['arguments']) ? JSON.stringify(fn['arguments']) : stringOf(fn['arguments'])
        const call = find(index, id, name)
        if (call === undefined) {
          open.push({ index, id, name, arguments: piece })
        } else {
          call.id ||= id
          call.name ||= name
          call.arguments += piece
        }
      }
    },
    calls() {
      const taken = new Set<string>()
      return open.map((call) => {
        const callId = call.id === '' || taken.has(call.id) ? newCallId() : call.id
        taken.add(callId)
        return { callId, name: call.name, arguments: call.arguments.trim() === '' ? '{}' : call.arguments }
      })
    },
  }
}
