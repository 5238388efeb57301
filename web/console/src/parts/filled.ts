import type { Page } from '../api/types'
import type { Asked } from '../ui/data_table/types'

const most_pages = 200

// Some lists look through the subscribers and give a page of them in which nothing was found, with more to come. A reader
// wants the first page that has something.
export async function filled<Item>(asked: Asked, load: (asked: Asked) => Promise<Page<Item>>): Promise<Page<Item>> {
  let page = await load(asked)
  for (let i = 0; i < most_pages && page.items.length === 0 && page.next; ++i) page = await load({ ...asked, cursor: page.next })
  return page
}
