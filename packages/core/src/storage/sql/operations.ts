import { audioOperations } from './audio-operations.ts'
import { contextOperations } from './context-operations.ts'
import { factOperations } from './fact-operations.ts'
import type { Operation } from './operation.ts'
import type { AnyResult, Operations, Request } from './requests.ts'

/** All operations of a store; `place` names it in errors. */
export function createOperations(place: string): Operations {
  return { ...contextOperations(place), ...audioOperations(place), ...factOperations }
}

/** The operation a request asks for. */
export function startOperation(operations: Operations, request: Request): Operation<AnyResult> {
  // Checked by the type of `Request`: its name and its fields belong together.
  const operation = operations[request.name] as (request: Request) => Operation<AnyResult>
  return operation(request)
}
