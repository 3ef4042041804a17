import { defineConfig } from 'vitest/config'
import { unitAndIntegration } from '../../vitest.projects.ts'

export default defineConfig({ test: { projects: unitAndIntegration } })
