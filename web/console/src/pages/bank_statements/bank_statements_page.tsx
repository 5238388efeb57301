import { useMay } from '../../session/session'
import { TabbedPage } from '../../parts/tabbed_page'
import { FilesTab } from './files_tab'
import { LinesTab } from './lines_tab'
import { useBankText } from './messages'
import { UploadTab } from './upload_tab'

export default function BankStatementsPage() {
  const t = useBankText()
  const isClerk = useMay('clerk')
  return (
    <TabbedPage
      title={t('title')}
      base="/bank-statements"
      tabs={[
        { id: 'lines', label: t('tab_lines'), Content: LinesTab },
        { id: 'files', label: t('tab_files'), Content: FilesTab },
        ...(isClerk ? [{ id: 'import', label: t('tab_upload'), Content: UploadTab }] : []),
      ]}
    />
  )
}
