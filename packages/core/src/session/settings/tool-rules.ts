import type { Tool, ToolChoice } from '../../events/session-config.ts'
import type { Capabilities } from '../../providers/capabilities.ts'

/** The first tool of a kind the backend cannot use. */
export function toolProblem(
  tools: readonly { readonly type?: string | undefined }[] | null | undefined,
  capabilities: Capabilities,
): { readonly index: number; readonly message: string } | undefined {
  const index = (tools ?? []).findIndex(
    ({ type }) => !capabilities.tools.some((kind) => kind === (type ?? 'function')),
  )
  if (index === -1) return undefined
  return { index, message: `This backend has no tools of type '${tools?.[index]?.type ?? 'function'}'.` }
}

/** The names by which `tool_choice` may name these tools: functions by name, MCP servers by label. */
export function toolNames(tools: readonly Tool[]): ReadonlySet<string> {
  return new Set(tools.flatMap((tool) => (tool.type === 'mcp' ? tool.server_label : (tool.name ?? []))))
}

/** The error for a choice of a tool that is not offered. */
export function toolChoiceProblem(
  choice: ToolChoice | null | undefined,
  offered: ReadonlySet<string>,
): string | undefined {
  if (choice == null || typeof choice === 'string') return undefined
  const name = choice.type === 'mcp' ? choice.server_label : choice.name
  return name === undefined || offered.has(name) ? undefined : `The tools hold no '${name}'.`
}
