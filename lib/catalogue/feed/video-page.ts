/** Sites that show videos on pages and give nobody the file. */
const sites = /(^|\.)(youtube\.com|youtube-nocookie\.com|youtu\.be|vimeo\.com|dailymotion\.com|tiktok\.com)$/;
/** Vimeo does give its paying customers files, under such names. */
const file = /\.(mp4|m4v|mov|webm)$/i;

/** Whether an address is that of a page with a video on one of these sites, not of a video. @param url absolute */
export function isVideoPage(url: string): boolean {
  const { hostname, pathname } = new URL(url);
  return sites.test(hostname) && !file.test(pathname);
}
