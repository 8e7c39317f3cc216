-- Where a browser puts a line into the cart of the shop, for pages that cannot do it themselves.
-- AlterTable
ALTER TABLE "BasketLine" ADD COLUMN     "cartUrl" TEXT NOT NULL DEFAULT '';
