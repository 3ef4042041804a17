import { defineConfig } from 'vitest/config'

// Every package tests at once on few cores: five seconds are not enough for the longest.
export default defineConfig({ test: { include: ['src/**/*.test.ts'], testTimeout: 20_000 } })
