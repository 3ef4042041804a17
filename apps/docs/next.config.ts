import type { NextConfig } from 'next'

const config: NextConfig = { output: 'export', poweredByHeader: false }

export default config
