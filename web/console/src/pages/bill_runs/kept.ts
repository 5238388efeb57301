import type { Schema } from '../../api/types'

// Whether each single difference can be listed still; the totals always can be.
export const isKept = ({ differences_kept_until }: Pick<Schema<'BillRunComparison'>, 'differences_kept_until'>, now = new Date()): boolean =>
  now < new Date(differences_kept_until)
