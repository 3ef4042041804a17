import type { ClientEvent, Response } from '@parley/core'
import type { Mark } from './mark.ts'

/** What a backend called. */
export interface ToolCall {
  /** Ms on the lane's axis. */
  readonly at: number
  readonly name: string
  /** JSON text, as it came. */
  readonly arguments: string
}

/** What calls need from their lane. */
export interface ToolCallPorts {
  readonly mark: (mark: Mark) => void
  readonly send: (event: ClientEvent) => void
  /** Result of a tool as text; `undefined` for one the scenario does not have. */
  readonly toolResult: (name: string) => string | undefined
}

/** The calls of a conversation, each told up to three times on the wire. */
export interface ToolCalls {
  readonly made: readonly ToolCall[]
  /** A call was announced; its name may not be told again. */
  announce(callId: string, name: string): void
  note(
    responseId: string,
    callId: string,
    call: { readonly at: number; readonly name: string | undefined; readonly arguments: string },
  ): void
  /** Gives back the results of a response that is done, before that they would be refused; true when a new one was asked for. */
  answer(responseId: string, status: Response['status'], at: number): boolean
}

/** No calls so far. */
export function createToolCalls({ mark, send, toolResult }: ToolCallPorts): ToolCalls {
  const made: ToolCall[] = []
  const names = new Map<string, string>()
  const callers = new Map<string, { readonly responseId: string; readonly name: string }>()
  return {
    made,
    announce(callId, name) {
      names.set(callId, name)
    },
    note(responseId, callId, { at, name = names.get(callId) ?? '', arguments: text }) {
      if (callers.has(callId)) return
      callers.set(callId, { responseId, name })
      made.push({ at, name, arguments: text })
      mark({ type: 'tool_call', at, responseId, name, arguments: text })
    },
    answer(responseId, status, at) {
      const own = [...callers].filter(([, caller]) => caller.responseId === responseId)
      for (const [callId, { name }] of own) {
        const result = toolResult(name)
        if (result === undefined) {
          mark({ type: 'warning', at, code: 'unknown_tool', text: `The scenario has no tool "${name}".` })
        }
        const output = result ?? JSON.stringify({ error: `There is no tool "${name}".` })
        send({
          type: 'conversation.item.create',
          item: { type: 'function_call_output', call_id: callId, output },
        })
      }
      if (own.length === 0 || status === 'cancelled') return false
      send({ type: 'response.create' })
      return true
    },
  }
}
