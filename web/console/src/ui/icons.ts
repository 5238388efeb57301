// The icons of the console. One door, so that what is drawn the same everywhere comes from one place.
export {
  Activity, AlarmClock, ArrowLeft, ArrowRight, Banknote, Bell, Building2, CalendarClock, Check, ChevronDown, ChevronsUpDown, ChevronUp, CircleHelp,
  Columns3, Copy, CreditCard, Download, Ellipsis, Eye, FileText, Filter, Gauge, HandCoins, History, House, Import, Info, KeyRound,
  Landmark, Languages, Layers, LogOut, MapPin, Menu, Moon, Network, Package, Pause, Pencil, Play, Plus, Receipt, RefreshCw, Router,
  ScrollText, Search, Settings, ShieldCheck, ShoppingCart, Sun, Tags, Trash2, TriangleAlert, Undo2, User, Users, Wallet,
  Wifi, X, BookOpen, SunMoon, Bookmark, Keyboard, CircleX, CircleCheck, PackageOpen,
} from 'lucide-react'
export { ArrowDownToLine, ArrowUpFromLine, ClipboardCheck, FileUp, ListChecks, Pin, PinOff, Printer, Send, Square, StickyNote } from 'lucide-react'
