import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { reportModule } from './bundle-report.ts'

writeFileSync(join(import.meta.dirname, '../src/generated/report-page.ts'), await reportModule())
