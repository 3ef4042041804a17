import { z } from 'zod'
import { responseOutput, serverEvent } from './server-event.ts'

const listedItem = { ...serverEvent, item_id: z.string() }
const calledItem = { ...listedItem, output_index: z.number() }

/** The tools of an MCP server are being fetched. */
export const McpListToolsInProgress = z.looseObject({
  ...listedItem,
  type: z.literal('mcp_list_tools.in_progress'),
})
export type McpListToolsInProgress = z.infer<typeof McpListToolsInProgress>

/** The tools of an MCP server are known; responses from now on see them. */
export const McpListToolsCompleted = z.looseObject({
  ...listedItem,
  type: z.literal('mcp_list_tools.completed'),
})
export type McpListToolsCompleted = z.infer<typeof McpListToolsCompleted>

/** The tools of an MCP server could not be fetched. */
export const McpListToolsFailed = z.looseObject({ ...listedItem, type: z.literal('mcp_list_tools.failed') })
export type McpListToolsFailed = z.infer<typeof McpListToolsFailed>

/** More of the arguments of an MCP call. */
export const ResponseMcpCallArgumentsDelta = z.looseObject({
  ...responseOutput,
  type: z.literal('response.mcp_call_arguments.delta'),
  delta: z.string(),
  obfuscation: z.string().nullish(),
})
export type ResponseMcpCallArgumentsDelta = z.infer<typeof ResponseMcpCallArgumentsDelta>

/** All of the arguments of an MCP call. */
export const ResponseMcpCallArgumentsDone = z.looseObject({
  ...responseOutput,
  type: z.literal('response.mcp_call_arguments.done'),
  arguments: z.string(),
})
export type ResponseMcpCallArgumentsDone = z.infer<typeof ResponseMcpCallArgumentsDone>

/** An MCP call runs. */
export const ResponseMcpCallInProgress = z.looseObject({
  ...calledItem,
  type: z.literal('response.mcp_call.in_progress'),
})
export type ResponseMcpCallInProgress = z.infer<typeof ResponseMcpCallInProgress>

/** An MCP call has a result, found in its item. */
export const ResponseMcpCallCompleted = z.looseObject({
  ...calledItem,
  type: z.literal('response.mcp_call.completed'),
})
export type ResponseMcpCallCompleted = z.infer<typeof ResponseMcpCallCompleted>

/** An MCP call failed. */
export const ResponseMcpCallFailed = z.looseObject({
  ...calledItem,
  type: z.literal('response.mcp_call.failed'),
})
export type ResponseMcpCallFailed = z.infer<typeof ResponseMcpCallFailed>

/** One schema a type. */
export const mcpEventSchemas = [
  McpListToolsInProgress,
  McpListToolsCompleted,
  McpListToolsFailed,
  ResponseMcpCallArgumentsDelta,
  ResponseMcpCallArgumentsDone,
  ResponseMcpCallInProgress,
  ResponseMcpCallCompleted,
  ResponseMcpCallFailed,
] as const
