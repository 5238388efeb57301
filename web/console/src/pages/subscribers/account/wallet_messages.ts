import { catalogue } from '../../../i18n/catalogue'

export const useWalletText = catalogue({
  en: {
    wallets: 'Set aside', set_aside: 'Set money aside', set_aside_about: 'Money that was paid ahead is kept for one unit or sub-service, and pays what is charged for it. At most what could be refunded.',
    set_aside_done: 'The money is set aside', release: 'Release', release_of: 'Release: {name}', release_about: 'The money is free again: it pays what is open, the rest is credit.', release_done: 'The money is released',
    for: 'For', units: 'Units', sub_services: 'Sub-services', all: 'All that there is, if left empty', balance: 'Balance', in_wallet: 'Set aside for it', before: 'Before', after: 'Afterwards',
    preview: 'What it changes', whom_missing: 'Choose what it is for',
  },
  es: {
    wallets: 'Reservado', set_aside: 'Reservar dinero', set_aside_about: 'El dinero pagado por adelantado se guarda para una unidad o un subservicio, y paga lo que se cobre por él. Como mucho lo que se podría devolver.',
    set_aside_done: 'El dinero queda reservado', release: 'Liberar', release_of: 'Liberar: {name}', release_about: 'El dinero vuelve a estar libre: paga lo pendiente, el resto queda a favor.', release_done: 'El dinero queda liberado',
    for: 'Para', units: 'Unidades', sub_services: 'Subservicios', all: 'Todo lo que haya, si se deja vacío', balance: 'Saldo', in_wallet: 'Reservado para ello', before: 'Antes', after: 'Después',
    preview: 'Lo que cambia', whom_missing: 'Elija para qué es',
  },
  ar: {
    wallets: 'المبالغ المخصصة', set_aside: 'تخصيص مبلغ', set_aside_about: 'مال دُفع مقدمًا يُحفظ لوحدة أو خدمة فرعية واحدة، ويسدّد ما يُحتسب عليها. على الأكثر ما يمكن ردّه.',
    set_aside_done: 'خُصّص المبلغ', release: 'إلغاء التخصيص', release_of: 'إلغاء التخصيص: {name}', release_about: 'يعود المبلغ متاحًا: يسدّد المفتوح، ويبقى الباقي رصيدًا دائنًا.', release_done: 'أُلغي تخصيص المبلغ',
    for: 'لأجل', units: 'الوحدات', sub_services: 'الخدمات الفرعية', all: 'كل الموجود إن تُرك فارغًا', balance: 'الرصيد', in_wallet: 'المخصص لها', before: 'قبل', after: 'بعد',
    preview: 'ما الذي يتغير', whom_missing: 'اختر لأجل ماذا',
  },
})
