-- Takes a lease away without charging: of a call that was not dispatched, or was admitted on an allowance meanwhile.
--
-- KEYS[1..6] as in lib.lua
-- ARGV[1] lease id
--
-- Answers 1 when there was one, else 0.
--
-- Guarantee: repeating it changes nothing.

return remove_lease(ARGV[1]) and 1 or 0
