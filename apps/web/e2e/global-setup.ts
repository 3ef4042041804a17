import type { TestProject } from 'vitest/node'
import { startStack, type Stack } from './servers.ts'

let stack: Stack | undefined

/** Starts the servers that every test shares. */
export async function setup(project: TestProject): Promise<void> {
  stack = await startStack()
  project.provide('gatewayUrl', stack.gatewayUrl)
  project.provide('url', stack.url)
}

/** Stops them. */
export async function teardown(): Promise<void> {
  await stack?.[Symbol.asyncDispose]()
}
