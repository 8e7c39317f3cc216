import type { Metadata } from "next";
import { headers } from "next/headers";
import { redirect } from "next/navigation";
import { findMember, type Member } from "@/lib/auth/require-member";
import { listSessions } from "@/lib/auth/sessions";
import { canActAs } from "@/lib/protocol/roles";
import { countOriginals } from "@/lib/shops/count-originals";
import { findShop } from "@/lib/shops/find-shop";
import { listSavedOriginals } from "@/lib/shops/list-saved-originals";
import { loadMirrorSettings } from "@/lib/shops/mirror-settings";
import { listPeople } from "@/lib/shops/people";
import { scriptTag } from "@/lib/shops/script-tag";
import { listTeams } from "@/lib/shops/teams";
import { translator } from "@/lib/ui/messages/define";
import { mirrorRulesMessages } from "@/lib/ui/messages/mirror-rules";
import { MessagesProvider } from "@/lib/ui/messages/provider";
import { requestLocale } from "@/lib/ui/messages/request-locale";
import { settingsMessages } from "@/lib/ui/messages/settings";
import { MirrorSettings } from "./mirror-settings";
import { People } from "./people";
import { Sessions } from "./sessions";
import { SettingsFrame } from "./settings-frame";
import { ShopSettings } from "./shop-settings";
import { Teams } from "./teams";

export async function generateMetadata(): Promise<Metadata> {
  return { title: `${translator(settingsMessages, await requestLocale())("title")} · Vetrina` };
}

/** The admin's page: shop, people, own sign-ins. Everybody else sees their own sign-ins. */
export default async function SettingsPage() {
  const member = await findMember(await headers());
  if (member === null) redirect("/sign-in?next=/settings");
  const locale = await requestLocale();
  const t = translator(settingsMessages, locale);
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });
  const moment = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
  const sessions = (await listSessions(member)).map((session) => ({
    ...session,
    since: moment.format(session.createdAt),
  }));
  const admin = await loadAdminParts(member, date, moment);
  return (
    <MessagesProvider
      locale={locale}
      areas={{ settings: settingsMessages[locale], mirrorRules: mirrorRulesMessages[locale] }}
    >
      <SettingsFrame part="shop" member={member} locale={locale}>
        {admin && (
          <>
            <ShopSettings shop={admin.shop} script={admin.script} />
            <MirrorSettings value={admin.mirror} origins={admin.shop.origins} />
            <People people={admin.people} you={member.memberId} />
            <Teams teams={admin.teams} people={admin.people} />
          </>
        )}
        <Sessions sessions={sessions} t={t} />
      </SettingsFrame>
    </MessagesProvider>
  );
}

async function loadAdminParts(member: Member, date: Intl.DateTimeFormat, moment: Intl.DateTimeFormat) {
  if (!canActAs(member.role, "admin")) return null;
  const [shop, originals, saved, people, mirror, teams] = await Promise.all([
    findShop(member.shopId),
    countOriginals(member.shopId),
    listSavedOriginals(member.shopId),
    listPeople(member.shopId),
    loadMirrorSettings(member.shopId),
    listTeams(member.shopId),
  ]);
  if (shop === null) return null;
  return {
    shop: {
      ...{ name: shop.name, accent: shop.accent, origins: shop.origins },
      ...{ coverPhotos: shop.coverPhotos, keepOriginals: shop.keepOriginals, originals },
      saved: saved.map(({ id, name, at }) => ({ id, name, at: moment.format(at) })),
    },
    script: scriptTag(shop),
    mirror,
    teams,
    people: people.map((person) => ({ ...person, since: date.format(person.createdAt) })),
  };
}
